import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * What React asks about its surroundings has one answer in the browsers that the page is for; answering here leaves out
 * the other branches, which the page's budget of script has no room for.
 */
const surroundings = {
  'typeof __REACT_DEVTOOLS_GLOBAL_HOOK__': '"undefined"',
  'typeof process': '"undefined"',
  'typeof window': '"object"',
  'typeof document': '"object"',
  'typeof performance': '"object"',
  'typeof reportError': '"function"',
  'typeof setTimeout': '"function"',
  'typeof clearTimeout': '"function"',
  'typeof queueMicrotask': '"function"',
  'typeof setImmediate': '"undefined"',
  'typeof MessageChannel': '"function"',
  'typeof AbortController': '"function"',
  'typeof Promise': '"function"',
  'typeof WeakMap': '"function"',
  'document.documentMode': 'undefined',
}

/** The passengers' page, served at / by the backend. */
export default defineConfig(({ command }) => ({
  root: 'src/passenger',
  base: '/',
  plugins: [react()],
  define: command === 'build' ? surroundings : {},
  build: {
    outDir: '../../out/passenger',
    emptyOutDir: true,
    target: 'es2024',
    // The content security policy bars data: URLs and inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
}))
