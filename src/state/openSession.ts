// The page's session around the training worker; where the browser has no such workers, one that can only replay.

import { createTrainingClient } from '../workers/client';
import type { TrainingClient } from '../workers/protocol';
import { createSession, type Session } from './session';

export function openSession(): Session {
  let client: TrainingClient;
  try {
    client = createTrainingClient();
  } catch (error) {
    return createSession(null, `This browser cannot start the training worker (${error instanceof Error ? error.message : String(error)}).`);
  }
  return createSession(client);
}
