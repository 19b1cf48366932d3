import type { ServerConfig } from '../config.ts';
import { hashPassword } from './passwords.ts';
import { type AccessPorts, createAgent } from './sign-in.ts';

/** Creates the configured first agent, once; later changes of the variables change nothing. */
export async function ensureFirstAgent({ admin }: ServerConfig, ports: AccessPorts): Promise<void> {
  if (admin === undefined || (await ports.store.agents.count()) > 0) return;
  const passwordHash = await hashPassword(admin.password);
  await createAgent(ports, { email: admin.email.toLowerCase(), name: admin.email.split('@')[0] ?? 'Admin', role: 'admin', passwordHash });
}
