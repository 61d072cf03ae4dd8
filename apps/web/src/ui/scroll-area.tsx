import type { ComponentProps, ReactElement } from 'react'

/**
 * A part of the page that scrolls by itself. It has a name and takes the focus: where nothing within does, as while it loads or when it is
 * empty, the keyboard could not scroll it (WCAG 2.2, 2.1.1).
 */
export function ScrollArea({
  label,
  ...area
}: { label: string } & Omit<ComponentProps<'section'>, 'aria-label' | 'tabIndex'>): ReactElement {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
  return <section {...area} aria-label={label} tabIndex={0} />
}
