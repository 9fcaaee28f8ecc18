import { Component, type ErrorInfo, type ReactNode } from 'react'
import classes from './error-boundary.module.css'

interface Props {
  readonly children: ReactNode
}

interface State {
  readonly error: Error | undefined
}

/** The last resort: a defect while drawing shows words instead of an empty window. React offers this only as a class. */
export class ErrorBoundary extends Component<Props, State> {
  override readonly state: State = { error: undefined }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // Reported as an uncaught error, where developer tools and Electron's log both see it.
    reportError(new Error(`drawing failed${info.componentStack ?? ''}`, { cause: error }))
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main className={classes.page} role="alert">
        <h1>The console has stopped</h1>
        <p>
          Nothing that was accepted is lost. Load the page again; if it happens once more, report this: {error.message}
        </p>
        <button type="button" onClick={() => location.reload()}>
          Load again
        </button>
      </main>
    )
  }
}
