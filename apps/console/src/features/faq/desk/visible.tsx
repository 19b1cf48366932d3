import { withoutInvisible } from '@stepdown/client/markdown';

/** Words of others in a line of ours: what nobody can see is left out, and their direction stays their own (checklist D25). */
export function Visible({ text }: { readonly text: string }) {
  return <bdi>{withoutInvisible(text)}</bdi>;
}
