import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const sky: MantineColorsTuple = [
  '#eaf2fb',
  '#d3e2f3',
  '#a6c4e6',
  '#76a4d9',
  '#4f89ce',
  '#3777c8',
  '#1c5aa6',
  '#184e90',
  '#12437f',
  '#08386e',
]

// Deeper than the library's own: its red on white, and white on its red, are too faint to read at arm's length.
const red: MantineColorsTuple = [
  '#fdeceb',
  '#f8d3d0',
  '#eda7a1',
  '#ff9286',
  '#e2695f',
  '#cc3f34',
  '#b3261e',
  '#991f18',
  '#821a14',
  '#6b1510',
]

// The library's dark greys have no hue; beside our surfaces they look like dirt.
const dark: MantineColorsTuple = [
  '#e8edf2',
  '#c3ced8',
  '#9cabb8',
  '#8494a2',
  '#3a4651',
  '#26303a',
  '#1a2129',
  '#141a20',
  '#10151a',
  '#0c1014',
]

/** Small, square and quiet: a board that is looked at for eight hours. */
export const theme = createTheme({
  fontFamily: 'var(--fl-font)',
  primaryColor: 'sky',
  primaryShade: { light: 6, dark: 5 },
  colors: { sky, red, dark },
  defaultRadius: 'sm',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: 'var(--fl-font)', fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
})

const ours = {
  '--mantine-color-body': 'var(--fl-surface)',
  '--mantine-color-text': 'var(--fl-text)',
  '--mantine-color-dimmed': 'var(--fl-muted)',
  '--mantine-color-placeholder': 'var(--fl-muted)',
  '--mantine-color-error': 'var(--fl-bad)',
}

/** Lets the library's surfaces and texts take the console's colours, which keep their contrast on both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours })
