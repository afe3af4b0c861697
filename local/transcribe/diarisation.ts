import { setImmediate } from 'node:timers/promises';
import type { Sound, TimeRange } from './audio.ts';
import type { Word } from './recogniser.ts';
import { voiceFeatures } from './voice-features.ts';

/** Who said each word: numbered from 0, in order of who speaks first. */
export type Speakers = ReadonlyMap<Word, number>;

/** What is said without a pause, and how it sounds. */
interface Utterance extends TimeRange {
  words: Word[];
  sound: Statistics;
}

/** How many frames, and the sums that give their mean and covariance. Those of two sets of frames add up. */
interface Statistics {
  frames: number;
  sum: Float64Array;
  products: Float64Array;
}

/** A pause this long may be where somebody else takes over. */
const pauseMs = 200;

/** So many voiced frames are needed to tell what a voice is like; what is shorter is added to the voices found. */
const minFrames = 15;

/** So many frames of the whole recording are added to each covariance, so that a short utterance has one. */
const priorFrames = 20;

/**
 * Tells speakers apart by how they sound: utterances between pauses are merged, the most alike first, until what is left
 * differs too much to be one voice by the Bayesian information criterion, or there are no more than `most`. One person
 * stays one. Who speaks while another does is not told apart.
 * @see Chen and Gopalakrishnan, "Speaker, environment and channel change detection and clustering via the Bayesian
 * information criterion", DARPA Broadcast News Workshop, 1998
 */
export async function speakersOf(sound: Sound, words: readonly Word[], most: number): Promise<Speakers> {
  const utterances = await utterancesOf(sound, words);
  const all = utterances.map((utterance) => utterance.sound).reduce(added, statisticsOf([]));
  const clear = utterances.filter((utterance) => utterance.sound.frames >= minFrames);
  let voices = voicesOf(
    clear.map((utterance) => utterance.sound),
    all,
    most,
  );
  let labels = utterances.map(() => 0);
  for (let pass = 0; pass < 3 && voices.length > 1; pass += 1) {
    const models = voices.map((voice) => modelOf(voice, all));
    labels = utterances.map(({ sound }) => indexOfMax(models.map((model) => model.logLikelihood(sound))));
    const own = voices.map((_, voice) => utterances.filter((_, at) => labels[at] === voice).map(({ sound }) => sound));
    voices = own.filter((sounds) => sounds.length > 0).map((sounds) => sounds.reduce(added, statisticsOf([])));
  }

  const numbers = new Map<number, number>();
  const speakers = new Map<Word, number>();
  let last = 0;
  for (const [at, utterance] of utterances.entries()) {
    // What has no voice in it, such as a whisper, is taken to be by who spoke last.
    const label: number = utterance.sound.frames === 0 ? last : (labels[at] ?? 0);
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    for (const word of utterance.words) speakers.set(word, numbers.get(label) ?? 0);
    last = label;
  }
  return speakers;
}

async function utterancesOf(sound: Sound, words: readonly Word[]): Promise<Utterance[]> {
  const utterances: Utterance[] = [];
  for (const word of words.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = utterances.at(-1);
    if (last !== undefined && word.startMs - last.endMs < pauseMs) {
      last.words.push(word);
      last.endMs = Math.max(last.endMs, word.endMs);
    } else {
      utterances.push({ startMs: word.startMs, endMs: word.endMs, words: [word], sound: statisticsOf([]) });
    }
  }
  for (const utterance of utterances) {
    utterance.sound = statisticsOf(voiceFeatures(sound, utterance));
    // An hour of speech takes a while; the server goes on answering meanwhile.
    await setImmediate();
  }
  return utterances;
}

/** Merges sounds into voices. */
function voicesOf(sounds: readonly Statistics[], all: Statistics, most: number): Statistics[] {
  const voices = [...sounds];
  const spreads = voices.map((voice) => spreadOf(voice, all));
  const spread = (at: number) => spreads[at] ?? 0;
  const distance = (a: Statistics, b: Statistics, apart: number) => spreadOf(added(a, b), all) - apart - penalty(all);
  const distances = voices.map((voice, at) =>
    voices.slice(0, at).map((other, before) => distance(voice, other, spread(at) + spread(before))),
  );
  while (voices.length > 1) {
    let best = { distance: Number.POSITIVE_INFINITY, a: 0, b: 0 };
    for (const [a, row] of distances.entries()) {
      for (const [b, value] of row.entries()) if (value < best.distance) best = { distance: value, a, b };
    }
    const [first, second] = [voices[best.b], voices[best.a]];
    if (first === undefined || second === undefined || (best.distance >= 0 && voices.length <= most)) break;
    const merged = added(first, second);
    voices[best.b] = merged;
    spreads[best.b] = spreadOf(merged, all);
    voices.splice(best.a, 1);
    spreads.splice(best.a, 1);
    distances.splice(best.a, 1);
    for (const row of distances.slice(best.a)) row.splice(best.a, 1);
    for (const [other, voice] of voices.entries()) {
      if (other === best.b) continue;
      const row = distances[Math.max(other, best.b)];
      if (row !== undefined) row[Math.min(other, best.b)] = distance(merged, voice, spread(best.b) + spread(other));
    }
  }
  return voices;
}

/** How much better two voices must explain the sound than one. */
function penalty({ frames, sum: { length: size } }: Statistics): number {
  return ((size + (size * (size + 1)) / 2) * Math.log(Math.max(frames, 2))) / 2;
}

/** How spread the frames are: half their number times the logarithm of the determinant of their covariance. */
function spreadOf(sound: Statistics, all: Statistics): number {
  return (sound.frames / 2) * logDeterminant(covarianceOf(sound, all));
}

/** A normal distribution of frames. */
function modelOf(voice: Statistics, all: Statistics) {
  const size = voice.sum.length;
  const triangle = cholesky(covarianceOf(voice, all));
  const mean = voice.sum.map((value) => value / voice.frames);
  const constant = 2 * sumOf(triangle.map((row, at) => Math.log(row[at] ?? 1)));
  return {
    /** Of all frames together, but for what is the same for every voice. */
    logLikelihood: (sound: Statistics): number => {
      const n = sound.frames;
      const around = Array.from({ length: size }, (_, i) =>
        Array.from({ length: size }, (_, j) => {
          const [mi, mj, si, sj] = [mean[i] ?? 0, mean[j] ?? 0, sound.sum[i] ?? 0, sound.sum[j] ?? 0];
          return (sound.products[i * size + j] ?? 0) - mi * sj - si * mj + n * mi * mj;
        }),
      );
      return -(n * constant + traceOfSolution(triangle, around)) / 2;
    },
  };
}

function covarianceOf(sound: Statistics, all: Statistics): number[][] {
  const size = sound.sum.length;
  const scatter = ({ frames, sum, products }: Statistics, i: number, j: number) =>
    frames === 0 ? 0 : (products[i * size + j] ?? 0) / frames - ((sum[i] ?? 0) * (sum[j] ?? 0)) / frames ** 2;
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => {
      const weighted = sound.frames * scatter(sound, i, j) + priorFrames * scatter(all, i, j);
      return weighted / (sound.frames + priorFrames) + (i === j ? 1e-6 : 0);
    }),
  );
}

/** The lower triangle L with L·Lᵀ = matrix. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const triangle: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const own: number[] = [];
    triangle.push(own);
    for (let j = 0; j <= i; j += 1) {
      const other = triangle[j] ?? [];
      let rest = row[j] ?? 0;
      for (let k = 0; k < j; k += 1) rest -= (own[k] ?? 0) * (other[k] ?? 0);
      own.push(i === j ? Math.sqrt(Math.max(rest, 1e-12)) : rest / (other[j] ?? 1));
    }
  }
  return triangle;
}

function logDeterminant(matrix: readonly (readonly number[])[]): number {
  return 2 * sumOf(cholesky(matrix).map((row, at) => Math.log(row[at] ?? 1)));
}

/** The trace of (L·Lᵀ)⁻¹·matrix. */
function traceOfSolution(triangle: readonly (readonly number[])[], matrix: readonly (readonly number[])[]): number {
  const size = triangle.length;
  const at = (i: number, j: number) => triangle[i]?.[j] ?? 0;
  let trace = 0;
  for (let column = 0; column < size; column += 1) {
    const solution = matrix.map((row) => row[column] ?? 0);
    for (let i = 0; i < size; i += 1) {
      for (let k = 0; k < i; k += 1) solution[i] = (solution[i] ?? 0) - at(i, k) * (solution[k] ?? 0);
      solution[i] = (solution[i] ?? 0) / at(i, i);
    }
    for (let i = size - 1; i >= 0; i -= 1) {
      for (let k = i + 1; k < size; k += 1) solution[i] = (solution[i] ?? 0) - at(k, i) * (solution[k] ?? 0);
      solution[i] = (solution[i] ?? 0) / at(i, i);
    }
    trace += solution[column] ?? 0;
  }
  return trace;
}

function statisticsOf(frames: readonly (readonly number[])[]): Statistics {
  const size = frames[0]?.length ?? 0;
  const sum = new Float64Array(size);
  const products = new Float64Array(size * size);
  for (const frame of frames) {
    for (const [i, value] of frame.entries()) {
      sum[i] = (sum[i] ?? 0) + value;
      for (const [j, other] of frame.entries()) products[i * size + j] = (products[i * size + j] ?? 0) + value * other;
    }
  }
  return { frames: frames.length, sum, products };
}

function added(a: Statistics, b: Statistics): Statistics {
  if (a.frames === 0) return b;
  if (b.frames === 0) return a;
  return {
    frames: a.frames + b.frames,
    sum: a.sum.map((value, at) => value + (b.sum[at] ?? 0)),
    products: a.products.map((value, at) => value + (b.products[at] ?? 0)),
  };
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const indexOfMax = (values: readonly number[]) => values.indexOf(Math.max(...values));
