import { SingleBar } from 'cli-progress';
import { countFiles } from './walk.ts';

/** Shows how far an import is. */
export interface Progress {
  /** A file is done with. */
  add(sizeBytes: number, failed: boolean): void;
  /** Ends the showing. */
  stop(): void;
}

const LINE_EVERY_MS = 5000;

/** A number of bytes as people read it: `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** A number as people read it: `12,345`. */
export const formatCount = (count: number): string => count.toLocaleString('en-US');

/** A time span as people read it: `1:02:03`. */
function formatSeconds(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), Math.floor(seconds % 60)];
  return `${h > 0 ? `${h}:${String(m).padStart(2, '0')}` : m}:${String(s).padStart(2, '0')}`;
}

/**
 * Shows the progress of an import of `directory`: a bar on a terminal, a line every few seconds elsewhere. What is to
 * come is counted while the import runs, so the time left is told once that is known.
 */
export function showProgress(stream: NodeJS.WriteStream, directory: string): Progress {
  const startMs = performance.now();
  const done = { files: 0, bytes: 0, failed: 0 };
  const text = () => {
    const seconds = (performance.now() - startMs) / 1000;
    const failed = done.failed > 0 ? `, ${formatCount(done.failed)} failed` : '';
    const rate = `${formatCount(Math.round(done.files / seconds))} files/s, ${formatBytes(done.bytes / seconds)}/s`;
    return `${formatCount(done.files)} files, ${formatBytes(done.bytes)}, ${rate}${failed}`;
  };
  const show = stream.isTTY ? bar(stream, directory, text, startMs) : lines(stream, text);
  return {
    add(sizeBytes, failed) {
      done.files += 1;
      done.bytes += sizeBytes;
      if (failed) done.failed += 1;
      show.update(done.files);
    },
    stop: show.stop,
  };
}

function lines(stream: NodeJS.WriteStream, text: () => string) {
  const timer = setInterval(() => stream.write(`${text()}\n`), LINE_EVERY_MS);
  return { update: () => {}, stop: () => clearInterval(timer) };
}

function bar(stream: NodeJS.WriteStream, directory: string, text: () => string, startMs: number) {
  const counting = new AbortController();
  let files = 0;
  let isKnown = false;
  const left = (done: number) => {
    if (!isKnown || done === 0) return 'counting …';
    const elapsedSeconds = (performance.now() - startMs) / 1000;
    return `${formatSeconds((elapsedSeconds * Math.max(0, files - done)) / done)} left`;
  };
  const shown = new SingleBar({ format: '{bar} {text}, {left}', stream, hideCursor: true, barsize: 24 });
  shown.start(1, 0, { text: '', left: left(0) });
  const count = async () => {
    await countFiles(directory, counting.signal, (more) => {
      files += more;
    });
    isKnown = !counting.signal.aborted;
  };
  void count();
  return {
    update(done: number) {
      // Empty until it is known how long it is to be.
      shown.setTotal(isKnown ? files : Number.MAX_SAFE_INTEGER);
      shown.update(done, { text: text(), left: left(done) });
    },
    stop() {
      counting.abort();
      shown.stop();
    },
  };
}
