import { themeQuartz } from 'ag-grid-community'

/** The grid in the console's colours; light and dark come from the same variables as everything else. */
export const gridTheme = themeQuartz.withParams({
  fontFamily: 'var(--fl-font)',
  fontSize: 14,
  headerFontSize: 12,
  headerFontWeight: 600,
  rowHeight: 30,
  headerHeight: 30,
  cellHorizontalPadding: 10,
  backgroundColor: 'var(--fl-surface)',
  foregroundColor: 'var(--fl-text)',
  headerBackgroundColor: 'var(--fl-raised)',
  headerTextColor: 'var(--fl-muted)',
  borderColor: 'var(--fl-line)',
  rowBorder: { color: 'var(--fl-line)' },
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  rowHoverColor: 'var(--fl-raised)',
  selectedRowBackgroundColor: 'var(--fl-accent-soft)',
  accentColor: 'var(--fl-accent)',
  cellEditingBorder: { color: 'var(--fl-accent)', width: 2 },
  cellEditingShadow: 'none',
  rangeSelectionBorderColor: 'var(--fl-accent)',
  tooltipBackgroundColor: 'var(--fl-text)',
  tooltipTextColor: 'var(--fl-surface)',
  tooltipBorder: false,
})
