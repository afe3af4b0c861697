import type { Sound, TimeRange } from './audio.ts';

/** Frames do not overlap: each tells something of its own. */
const frameMs = 32;
const bands = 24;
const coefficients = 12;
const lowestPitchHz = 70;
const highestPitchHz = 400;

/** A frame is voiced where it repeats itself at least this much, of 1. */
const minPeriodicity = 0.5;

/** Frames quieter than this, of full scale (as a square), are silence. */
const minPower = 1e-6;

/**
 * How the voice sounds in a part of a recording: for each voiced frame of 32 ms, 12 mel-frequency cepstral coefficients (the
 * form of the throat and mouth) and the logarithm of its pitch. Frames without a voice are left out.
 */
export function voiceFeatures({ samples, sampleRateHz }: Sound, { startMs, endMs }: TimeRange): number[][] {
  const { length, analyse } = analyserOf(sampleRateHz);
  const features: number[][] = [];
  const last = Math.min(samples.length, Math.round((endMs * sampleRateHz) / 1000)) - length;
  for (let at = Math.round((startMs * sampleRateHz) / 1000); at <= last; at += length) {
    const feature = analyse(samples.subarray(at, at + length));
    if (feature !== undefined) features.push(feature);
  }
  return features;
}

const knownAnalysers = new Map<number, ReturnType<typeof frameAnalyser>>();

/** The analyser of a sample rate, made once: it is asked for every part of a recording. */
function analyserOf(sampleRateHz: number) {
  const known = knownAnalysers.get(sampleRateHz) ?? frameAnalyser(sampleRateHz);
  knownAnalysers.set(sampleRateHz, known);
  return known;
}

/** What tells the features of a frame, and of how many samples one is. */
function frameAnalyser(sampleRateHz: number) {
  const length = Math.round((frameMs * sampleRateHz) / 1000);
  const size = 2 ** Math.ceil(Math.log2(2 * length));
  const window = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
  const filters = melFilters(size, sampleRateHz);
  const windowRepeats = autocorrelation(powerSpectrum(window, size));
  const [shortest, longest] = [highestPitchHz, lowestPitchHz].map((hz) => Math.round(sampleRateHz / hz));

  const analyse = (frame: Float32Array): number[] | undefined => {
    const mean = frame.reduce((sum, value) => sum + value, 0) / length;
    const power = frame.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
    if (power < minPower) return undefined;
    const spectrum = powerSpectrum(
      window.map((weight, i) => weight * ((frame[i] ?? 0) - mean)),
      size,
    );

    const repeats = autocorrelation(spectrum);
    let period = 0;
    let periodicity = 0;
    for (let lag = shortest ?? 1; lag <= (longest ?? 1); lag += 1) {
      const own = (repeats[lag] ?? 0) / (repeats[0] ?? 1);
      const value = own / ((windowRepeats[lag] ?? 1) / (windowRepeats[0] ?? 1));
      if (value > periodicity * 1.05) [period, periodicity] = [lag, value];
    }
    if (periodicity < minPeriodicity) return undefined;

    const energies = filters.map(({ from, weights }) =>
      Math.log(weights.reduce((sum, weight, i) => sum + weight * (spectrum[from + i] ?? 0), 1e-10)),
    );
    const cepstrum = Array.from({ length: coefficients }, (_, c) =>
      energies.reduce((sum, energy, band) => sum + energy * Math.cos((Math.PI * (c + 1) * (band + 0.5)) / bands), 0),
    );
    return [...cepstrum, Math.log(sampleRateHz / period)];
  };
  return { length, analyse };
}

/** Triangles over the spectrum that are as wide as the ear tells frequencies apart. */
function melFilters(size: number, sampleRateHz: number) {
  const mel = (hz: number) => 1127 * Math.log1p(hz / 700);
  const [low, high] = [mel(100), mel(Math.min(4000, sampleRateHz / 2))];
  const edges = Array.from({ length: bands + 2 }, (_, i) => {
    const hz = 700 * Math.expm1((low + ((high - low) * i) / (bands + 1)) / 1127);
    return (hz * size) / sampleRateHz;
  });
  return Array.from({ length: bands }, (_, band) => {
    const [left = 0, middle = 0, right = 0] = edges.slice(band, band + 3);
    const from = Math.ceil(left);
    const weights = Array.from({ length: Math.max(1, Math.ceil(right) - from) }, (_, i) => {
      const bin = from + i;
      return Math.max(0, bin < middle ? (bin - left) / (middle - left) : (right - bin) / (right - middle));
    });
    return { from, weights };
  });
}

function powerSpectrum(values: Float64Array, size: number): Float64Array {
  const real = new Float64Array(size);
  real.set(values);
  const imaginary = new Float64Array(size);
  transform(real, imaginary);
  return real.map((value, i) => value ** 2 + (imaginary[i] ?? 0) ** 2);
}

/** How much a signal is like itself, moved by each number of samples, from its power spectrum. */
function autocorrelation(spectrum: Float64Array): Float64Array {
  const real = spectrum.slice();
  transform(real, new Float64Array(spectrum.length));
  return real;
}

const knownTurns = new Map<number, { cos: Float64Array; sin: Float64Array }>();

/** The points of the circle, in so many steps, clockwise. */
function turnsOf(size: number) {
  const known = knownTurns.get(size);
  if (known !== undefined) return known;
  const angle = (_: unknown, k: number) => (-2 * Math.PI * k) / size;
  const angles = Float64Array.from({ length: size / 2 }, angle);
  const turns = { cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
  knownTurns.set(size, turns);
  return turns;
}

/** The fast Fourier transform, in place; the length is a power of two. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  const turns = turnsOf(size);
  for (let i = 1, j = 0; i < size; i += 1) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) for (const part of [real, imaginary]) [part[i], part[j]] = [part[j] ?? 0, part[i] ?? 0];
  }
  for (let length = 2; length <= size; length *= 2) {
    const half = length / 2;
    for (let k = 0; k < half; k += 1) {
      const turn = (k * size) / length;
      const [cos, sin] = [turns.cos[turn] ?? 1, turns.sin[turn] ?? 0];
      for (let even = k; even < size; even += length) {
        const odd = even + half;
        const [evenReal, evenImaginary] = [real[even] ?? 0, imaginary[even] ?? 0];
        const [oddReal, oddImaginary] = [real[odd] ?? 0, imaginary[odd] ?? 0];
        const turnedReal = oddReal * cos - oddImaginary * sin;
        const turnedImaginary = oddReal * sin + oddImaginary * cos;
        real[even] = evenReal + turnedReal;
        imaginary[even] = evenImaginary + turnedImaginary;
        real[odd] = evenReal - turnedReal;
        imaginary[odd] = evenImaginary - turnedImaginary;
      }
    }
  }
}
