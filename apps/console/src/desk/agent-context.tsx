import type { AgentClient, AgentSnapshot } from '@stepdown/client/agent';
import type { AgentProfile, AgentSession } from '@stepdown/protocol';
import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';

const AgentContext = createContext<AgentClient | null>(null);

export function AgentProvider({ client, children }: { readonly client: AgentClient; readonly children: ReactNode }) {
  return <AgentContext value={client}>{children}</AgentContext>;
}

export function useAgentClient(): AgentClient {
  const client = use(AgentContext);
  if (client === null) throw new Error('A part of the console stands outside of its AgentProvider.');
  return client;
}

/** A part of the snapshot; renders again when that part changes. `select` must return parts, not make new ones. */
export function useAgent<Part>(select: (snapshot: AgentSnapshot) => Part): Part {
  const client = useAgentClient();
  return useSyncExternalStore(client.subscribe, () => select(client.getSnapshot()));
}

/** Whose console this is. Only below the access gate, which shows nothing else while nobody is signed in. */
export function useSession(): AgentSession {
  const access = useAgent((snapshot) => snapshot.access);
  if (access.kind !== 'signed-in') throw new Error('This part of the console needs somebody to be signed in.');
  return access.session;
}

export function useMe(): AgentProfile {
  return useSession().agent;
}

/** What a role may do here; the server decides, this only hides what would be refused. */
export function useRights(): { readonly mayAnswer: boolean; readonly isEditor: boolean; readonly isAdmin: boolean } {
  const { role } = useMe();
  return { mayAnswer: role !== 'viewer', isEditor: role === 'editor' || role === 'admin', isAdmin: role === 'admin' };
}
