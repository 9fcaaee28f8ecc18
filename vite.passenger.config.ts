import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The passengers' page, served at / by the backend. */
export default defineConfig({
  root: 'src/passenger',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../out/passenger',
    emptyOutDir: true,
    // The content security policy bars data: URLs and inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
