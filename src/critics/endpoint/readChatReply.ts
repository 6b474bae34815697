// What a chat endpoint answered, checked: the text of the first choice and whether it was cut off. It comes from another
// host, so nothing about it is taken for granted.

export interface ChatReply {
  readonly text: string;
  readonly isCutOff: boolean;
}

/** Of a longer body nothing is used. */
const LONGEST_BODY = 1_000_000;
const LONGEST_REASON = 300;

/** Throws with a sentence where the body is no chat completion. */
export function readChatReply(body: string): ChatReply {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Error('its reply is not JSON');
  }
  const choices = field(json, 'choices');
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const text = field(field(choice, 'message'), 'content');
  if (typeof text !== 'string') throw new Error('its reply has no text');
  return { text, isCutOff: field(choice, 'finish_reason') === 'length' };
}

/** What a refusing server says of itself, in one line. */
export function reasonOf(body: string): string {
  let said: unknown = body;
  try {
    const error = field(JSON.parse(body), 'error');
    const message = field(error, 'message');
    said = typeof message === 'string' ? message : error;
  } catch {
    // not JSON: the body itself
  }
  return (typeof said === 'string' ? said : '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON);
}

/** The body as text, given up when it grows too long. */
export async function bodyOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > LONGEST_BODY) {
      await reader.cancel();
      throw new Error(`its reply is longer than ${LONGEST_BODY} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
