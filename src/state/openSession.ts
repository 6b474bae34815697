// The page's session around the training worker; where the browser has no such workers, one that can only replay.

import { createTrainingClient } from '../workers/client';
import type { TrainingClient } from '../workers/protocol';
import { sentence } from '../workers/sentence';
import { createSession, type Session } from './session';

export function openSession(): Session {
  let client: TrainingClient;
  try {
    client = createTrainingClient();
  } catch (error) {
    return createSession(null, `This browser cannot start the training worker (${sentence(error)}).`);
  }
  return createSession(client);
}
