import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';
import { AlertIcon } from './icons.tsx';

interface BoundaryProps {
  /** A new name is a new try: moving to another page leaves a broken one behind. */
  readonly name: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly failedName: string | null;
}

/** One broken feature must not take the console with it. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failedName: null };

  static getDerivedStateFromError(): BoundaryState {
    return { failedName: '' };
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (before.name !== this.props.name && this.state.failedName !== null) this.setState({ failedName: null });
  }

  override render(): ReactNode {
    if (this.state.failedName === null) return this.props.children;
    return (
      <Empty
        icon={<AlertIcon size={24} />}
        tone="bad"
        title="This page stopped working"
        action={<Button onClick={() => window.location.reload()}>Reload the console</Button>}
      >
        Everything you typed is kept on this device. The rest of the console goes on.
      </Empty>
    );
  }
}
