import { defineConfig } from 'vite'

/** The headless backend as one ESM file beside its chunks; libraries stay in node_modules. */
export default defineConfig({
  // The passenger page's public files are none of the backend's business.
  publicDir: false,
  build: {
    ssr: 'backend/index.ts',
    target: 'node22',
    outDir: 'out/backend',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rollupOptions: { output: { format: 'es', entryFileNames: 'index.js', chunkFileNames: 'chunks/[name]-[hash].js' } },
  },
})
