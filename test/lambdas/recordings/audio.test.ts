import { expect, test } from 'vitest';
import { type AudioHeader, inspectAudio } from '../../../lambdas/recordings/audio.ts';
import { stereo } from '../builders.ts';

const HOUR = 3600;
const MB = 1024 ** 2;

const inspect = (changes: AudioHeader, sizeBytes = 1000) => inspectAudio({ ...stereo, ...changes }, sizeBytes);

test('audio that Transcribe takes is taken', () => {
  expect(inspect({ durationSeconds: 90.0004 })).toEqual({
    audio: { format: 'wav', channels: 2, sampleRateHz: 8000 },
    durationMs: 90_000,
  });
});

test.each([
  ['WAVE', 'wav'],
  ['MPEG', 'mp3'],
  ['M4A/isom/iso2', 'm4a'],
  ['isom/iso2/mp41', 'mp4'],
  ['mp42/isom', 'mp4'],
  ['FLAC', 'flac'],
  ['Ogg', 'ogg'],
  ['EBML/webm', 'webm'],
  ['AMR', 'amr'],
])('the container %s is the media format %s', (container, format) => {
  expect(inspect({ container })).toMatchObject({ audio: { format } });
});

test.each([
  ['no bytes at all', stereo, 0, 'unreadable-audio', 'empty'],
  ['what is no audio', undefined, 1000, 'unreadable-audio', 'not audio'],
  ['an archive', { looksLike: 'an encrypted archive (zip)' }, 1000, 'unreadable-audio', 'encrypted archive'],
  ['a file that was cut off', { ...stereo, damage: 'it ends early' }, 1000, 'unreadable-audio', 'it ends early'],
  ['audio of no known length', { ...stereo, durationSeconds: undefined }, 1000, 'unreadable-audio', 'length'],
  ['audio of no known channels', { ...stereo, channels: undefined }, 1000, 'unreadable-audio', 'channels'],
  ['a format that Transcribe does not take', { ...stereo, container: 'AIFF' }, 1000, 'unsupported-audio', 'AIFF'],
  ['a movie of QuickTime', { ...stereo, container: 'qt' }, 1000, 'unsupported-audio', 'qt'],
  ['a codec that is not taken', { ...stereo, codec: 'GSM 6.10' }, 1000, 'unsupported-audio', 'GSM 6.10'],
  ['a video without audio', { container: 'mp42', hasVideo: true }, 1000, 'unsupported-audio', 'video'],
  ['three channels', { ...stereo, channels: 3 }, 1000, 'unsupported-audio', '3 channels'],
  ['less than 8 kHz', { ...stereo, sampleRateHz: 7999 }, 1000, 'unsupported-audio', '7999 Hz'],
  ['more than 48 kHz', { ...stereo, sampleRateHz: 96_000 }, 1000, 'unsupported-audio', '96000 Hz'],
  ['more than 4 hours', { ...stereo, durationSeconds: 4 * HOUR + 1 }, 1000, 'unsupported-audio', '4 hours'],
  ['less than half a second', { ...stereo, durationSeconds: 0.499 }, 1000, 'unsupported-audio', 'half a second'],
  ['no length', { ...stereo, durationSeconds: 0 }, 1000, 'unsupported-audio', 'half a second'],
  ['two channels over 500 MB', stereo, 500 * MB + 1, 'unsupported-audio', `${500 * MB + 1} bytes`],
  ['one channel over 2 GB', { ...stereo, channels: 1 }, 2048 * MB + 1, 'unsupported-audio', `${2048 * MB + 1} bytes`],
])('%s is rejected, and why', (_what, header, sizeBytes, code, why) => {
  const rejection = inspectAudio(header, sizeBytes);
  expect(rejection).toMatchObject({ code });
  expect(rejection).toHaveProperty('message', expect.stringContaining(why));
});

test.each([
  ['4 hours', { durationSeconds: 4 * HOUR }, 1000],
  ['half a second', { durationSeconds: 0.5 }, 1000],
  ['8 kHz', { sampleRateHz: 8000 }, 1000],
  ['48 kHz', { sampleRateHz: 48_000 }, 1000],
  ['two channels of 500 MB', {}, 500 * MB],
  ['one channel of 2 GB', { channels: 1 }, 2048 * MB],
])('%s are within the limits', (_what, changes, sizeBytes) => {
  expect(inspect(changes, sizeBytes)).toHaveProperty('audio');
});

test('one channel is rejected where the source has two, and only there', () => {
  const mono = { ...stereo, channels: 1 };
  expect(inspectAudio(mono, 1000, { channels: 2 })).toMatchObject({
    code: 'unsupported-audio',
    message: expect.stringContaining('one channel'),
  });
  expect(inspectAudio(mono, 1000, { channels: 1 })).toHaveProperty('audio');
  expect(inspectAudio(mono, 1000, {})).toHaveProperty('audio');
  expect(inspectAudio(stereo, 1000, { channels: 2 })).toHaveProperty('audio');
  expect(inspectAudio(stereo, 1000, { channels: 1 })).toHaveProperty('audio');
});
