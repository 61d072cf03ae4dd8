import { Component, type ReactElement, type ReactNode } from 'react'
import { Button } from './ui/button.tsx'
import { Empty } from './ui/state.tsx'
import { useWords } from './ui/words.tsx'

function Broken(): ReactElement {
  const w = useWords()
  return (
    <Empty icon="alert">
      <p>{w.general.somethingBroke}</p>
      <Button onPress={() => window.location.reload()}>{w.general.reload}</Button>
    </Empty>
  )
}

/** Shows a sentence and a way on where a view below throws, instead of an empty page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children
  }
}
