import type { Role } from '@stepdown/protocol';

export const ROLES: readonly { readonly role: Role; readonly label: string; readonly may: string }[] = [
  { role: 'viewer', label: 'Viewer', may: 'reads everything, answers nobody' },
  { role: 'agent', label: 'Agent', may: 'answers customers' },
  { role: 'editor', label: 'Editor', may: 'answers customers and writes the FAQ' },
  { role: 'admin', label: 'Admin', may: 'everything, also forcing tiers and inviting people' },
];
