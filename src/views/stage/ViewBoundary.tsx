// Holds a view that cannot be opened or fails, so that the rest of the page stays: its code comes when the view is first opened, and may
// be gone by then (no network, a newer version on the server).

import { Component, type ReactNode } from 'react';

interface BoundaryState { readonly message: string | null }

/** `way`: out of a view that stands over the page. */
export class ViewBoundary extends Component<{ readonly children: ReactNode; readonly way?: ReactNode }, BoundaryState> {
  override state: BoundaryState = { message: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return <p className="notice" role="alert">This view could not be opened ({message}). The others still work; to try again, reload the page. {this.props.way}</p>;
  }
}
