import { createFaqClient, type FaqClient } from '@stepdown/client/agent';
import { useMemo } from 'react';
import { useAgentClient } from '../../../desk/agent-context.tsx';

export function useFaq(): FaqClient {
  const { http } = useAgentClient();
  return useMemo(() => createFaqClient(http), [http]);
}
