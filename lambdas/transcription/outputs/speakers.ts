import { UNKNOWN_SPEAKER, type Word } from '../transcript.ts';

/** What is known of a call beside its transcript that tells who is who. */
export interface RoleHints {
  /** The channel of the agent: `ch_0` or `ch_1`. */
  readonly agentChannel?: 0 | 1 | undefined;
  readonly direction?: 'inbound' | 'outbound' | undefined;
}

/** Somebody who speaks, as the output names them. */
export interface Voice {
  readonly label: string;
  /** In order of time. */
  readonly words: readonly Word[];
  readonly talkTimeMs: number;
}

/** Who somebody is; `inferredFrom` says why, where the output or a hint does not tell it. */
export interface Role {
  readonly speaker: string;
  readonly inferredFrom?: string;
}

const AGENT = 'AGENT';
const CUSTOMER = 'CUSTOMER';

/**
 * Who is the agent and who the customer. In this order:
 *
 * 1. The output says it: the labels are `AGENT` and `CUSTOMER`.
 * 2. `agentChannel` tells the agent's channel: of two channels, the other is the customer's.
 * 3. The one is the agent who says most of `AGENT_PHRASES`, less what they say of `CUSTOMER_PHRASES`, in their first and
 *    last hundred words.
 * 4. Where several say as much, and so where nobody says any, of these the first to speak is the agent of a call that
 *    comes in, or of which we do not know which way it goes, and the second to speak of one that goes out.
 *
 * The customer is the other of two, and of more the one of the others who speaks longest; the rest keep their labels. One
 * voice alone has a role by the third rule only, and one that has no label has none.
 *
 * @param voices in order of their first words; whoever says nothing, last
 */
export function rolesOf(voices: readonly Voice[], hints: RoleHints = {}): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const { label } of voices) roles.set(label, { speaker: label });
  if (roles.has(AGENT) || roles.has(CUSTOMER)) return roles;
  const named = voices.filter(({ label }) => label !== UNKNOWN_SPEAKER);

  // The one channel of a mono recording is nobody's.
  const told = named.length > 1 ? named.find(({ label }) => label === `ch_${hints.agentChannel}`) : undefined;
  const inferred = told ? undefined : inferAgent(named, hints.direction ?? 'inbound');
  const agent = told ?? inferred?.agent;
  if (!agent) return roles;
  roles.set(agent.label, { speaker: AGENT, ...(inferred && { inferredFrom: inferred.because }) });

  const others = named.filter((voice) => voice !== agent);
  const [customer] = others.toSorted((a, b) => b.talkTimeMs - a.talkTimeMs);
  if (!customer) return roles;
  if (others.length > 1) {
    roles.set(customer.label, { speaker: CUSTOMER, inferredFrom: 'speaks longest of those who are not the agent' });
  } else {
    roles.set(customer.label, { speaker: CUSTOMER, ...(inferred && { inferredFrom: 'is the other of two' }) });
  }
  return roles;
}

function inferAgent(
  voices: readonly Voice[],
  direction: 'inbound' | 'outbound',
): { agent: Voice; because: string } | undefined {
  const scored = voices.map((voice) => ({ voice, score: scoreOf(voice.words) }));
  const best = Math.max(...scored.map(({ score }) => score));
  const candidates = scored.filter(({ score }) => score === best).map(({ voice }) => voice);
  const [first, second] = candidates;
  if (!first) return undefined;
  if (candidates.length === 1 && (voices.length > 1 || best > 0)) {
    return { agent: first, because: 'says most of what agents say, such as a greeting for a company' };
  }
  if (voices.length === 1) return undefined;
  if (direction === 'outbound' && second) return { agent: second, because: 'speaks second in an outbound call' };
  return { agent: first, because: 'speaks first' };
}

/** What agents say at the begin and the end of calls. */
const AGENT_PHRASES: readonly string[] = [
  'thank you for calling',
  'thanks for calling',
  'thank you for contacting',
  'how can i help',
  'how may i help',
  'how can i assist',
  'how may i assist',
  'call may be recorded',
  'call is being recorded',
  'call is recorded',
  'calls are recorded',
  'on a recorded line',
  'calling on behalf of',
  'am i speaking with',
  'may i speak with',
  'can i have your account',
  'may i have your account',
  'can i get your account',
  'may i have your name',
  'can i have your name',
  'verify your',
  'pull up your account',
  'is there anything else',
  'anything else i can help',
  'anything else i can do for you',
  'thank you for your patience',
  'thank you for holding',
];

/** What customers say. */
const CUSTOMER_PHRASES: readonly string[] = [
  "i'm calling about",
  'i am calling about',
  "i'm calling because",
  'i am calling because',
  "i'm calling to",
  'i was calling about',
  'my bill',
  'my order',
  'my account',
  'my card',
  'my subscription',
  "i'd like to",
  'i would like to',
  'i want to cancel',
  'i need to',
  'i need help',
  'i have a question',
  'i have a problem',
  'i was charged',
];

const WORDS_SCORED = 100;
const COMPANY_WORDS = 8;

function scoreOf(words: readonly Word[]): number {
  const ends =
    words.length > 2 * WORDS_SCORED ? [...words.slice(0, WORDS_SCORED), ...words.slice(-WORDS_SCORED)] : words;
  const spoken = ends.map(({ text }) => plain(text)).filter((text) => text !== '');
  const text = ` ${spoken.join(' ')} `;
  const count = (phrases: readonly string[]) => phrases.filter((phrase) => text.includes(` ${phrase} `)).length;
  return count(AGENT_PHRASES) + (namesCompany(spoken) ? 1 : 0) - count(CUSTOMER_PHRASES);
}

/** Whether somebody says "my name is … from" or "with". */
function namesCompany(spoken: readonly string[]): boolean {
  return spoken.some((word, index) => {
    if (word !== 'my' || spoken[index + 1] !== 'name' || spoken[index + 2] !== 'is') return false;
    const after = spoken.slice(index + 3, index + 3 + COMPANY_WORDS);
    return after.includes('from') || after.includes('with');
  });
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^\p{L}\p{N}']/gu, '');
