"""Recognises the speech in a recording, each channel by itself, and prints it as JSON.

    python recognise.py FILE

Needs `pip install pocketsphinx av`: PyAV decodes whatever FFmpeg can read, PocketSphinx (5.0 or 5.1) recognises with
the US English model it brings. Nothing is downloaded and nothing leaves the machine. Printed to stdout:

    {"durationMs": 2150, "sampleRateHz": 44100,
     "channels": [{"words": [{"text": "thank", "startMs": 40, "endMs": 330, "confidence": 0.98}],
                   "loudness": [-21.4, null, ...]}]}

`sampleRateHz` is the recording's own rate. `loudness` holds the RMS level of each second in dBFS (the last second may
be a part of one), null for digital silence. `confidence` is the decoder's posterior for the word: how much of the
probability of everything it considered goes through this word, in this pronunciation, at this very time. Rivals
that sound alike or differ by a few hundredths of a second share it, so right words often stay well below 1.

Exits with 2 and one line on stderr for a file that cannot be decoded, with 3 where a package is missing.
"""

import json
import math
import os
import re
import sys
from array import array
from concurrent.futures import ProcessPoolExecutor
from operator import mul

try:
    import av
    from pocketsphinx import Decoder, Endpointer
except ImportError as missing:
    print(f"cannot recognise speech: {missing} (pip install pocketsphinx av)", file=sys.stderr)
    sys.exit(3)

RATE_HZ = 16_000  # what the acoustic model was trained on
BYTES_PER_SECOND = 2 * RATE_HZ
FRAME_MS = 10  # the decoder counts time in these

# Hold music never falls silent, and a decoder that is fed one endless stretch only grows.
MAX_STRETCH_BYTES = 30 * BYTES_PER_SECOND

# A stream of these formats does not state its length: FFmpeg guesses it from the bit rate.
GUESSED_LENGTH = {"mp3", "aac", "amr"}


class Undecodable(Exception):
    """The file holds no audio that can be read to its end; the message says why."""


def append(channels, frames):
    """Adds planar 16 bit frames to the channels' samples."""
    for frame in frames:
        for channel, plane in zip(channels, frame.planes):
            channel += memoryview(plane)[: frame.samples * 2]  # planes are padded


def decode(path):
    """Returns (16 kHz signed 16 bit samples as bytes, one per channel; the recording's own sample rate).

    Only the first audio stream is read. A packet that cannot be decoded (a damaged one, or the comfort noise of AMR)
    counts as silence of its length, so that later words keep their times. A recording that ends more than a second
    before the length its header states is refused as truncated.
    """
    try:
        with av.open(path) as container:
            if not container.streams.audio:
                raise Undecodable("it holds no audio stream")
            stream = container.streams.audio[0]
            resampler = av.AudioResampler(format="s16p", layout=stream.layout, rate=RATE_HZ)
            channels = [bytearray() for _ in range(stream.channels)]
            heard_any = False
            for packet in container.demux(stream):
                try:
                    frames = packet.decode()
                except av.error.FFmpegError:
                    lost = round((packet.duration or 0) * packet.time_base * RATE_HZ)
                    for channel in channels:
                        channel += bytes(2 * lost)
                    continue
                for frame in frames:
                    append(channels, resampler.resample(frame))
                    heard_any = True
            if not heard_any:
                raise Undecodable("it holds no audio that can be decoded")
            append(channels, resampler.resample(None))
            sample_rate_hz = stream.rate
            stated_seconds = 0
            if stream.duration and container.format.name not in GUESSED_LENGTH:
                stated_seconds = stream.duration * stream.time_base
    except (av.error.FFmpegError, OSError) as error:
        raise Undecodable(error.strerror) from error
    except ValueError as error:  # the resampler's: the stream changes its format midway
        raise Undecodable(str(error)) from error

    seconds = len(channels[0]) / BYTES_PER_SECOND
    if seconds < stated_seconds - 1:
        raise Undecodable(f"it is truncated: {seconds:.1f} s of {float(stated_seconds):.1f} s can be decoded")
    return [bytes(channel) for channel in channels], sample_rate_hz


def stretches(pcm):
    """Yields (start, end), in bytes, of each stretch of speech between silences."""
    endpointer = Endpointer(sample_rate=RATE_HZ)
    size = endpointer.frame_bytes
    # The endpointer closes a stretch only once it has heard its whole window of silence.
    padded = pcm + bytes(BYTES_PER_SECOND + -len(pcm) % size)
    for at in range(0, len(padded) - size + 1, size):
        heard = endpointer.process(padded[at : at + size])
        if heard is not None and not endpointer.in_speech:
            start, end = (2 * round(t * RATE_HZ) for t in (endpointer.speech_start, endpointer.speech_end))
            end = min(end, len(pcm))
            for cut in range(start, end, MAX_STRETCH_BYTES):
                yield cut, min(cut + MAX_STRETCH_BYTES, end)


def words(pcm):
    """Returns the words of one channel in order, without fillers (<sil>, [NOISE], ++UM++)."""
    found = []
    decoder = None
    for start, end in stretches(pcm):
        decoder = decoder or Decoder(samprate=RATE_HZ, loglevel="FATAL")
        decoder.start_utt()
        # The whole stretch at once: its cepstral mean is then its own, and does not depend on what came before.
        decoder.process_raw(pcm[start:end], full_utt=True)
        decoder.end_utt()
        offset_ms = start * 1000 // BYTES_PER_SECOND
        for segment in decoder.seg() or ():
            if segment.word[0] in "<[+":
                continue
            found.append(
                {
                    "text": re.sub(r"\(\d+\)$", "", segment.word),
                    "startMs": offset_ms + segment.start_frame * FRAME_MS,
                    "endMs": offset_ms + (segment.end_frame + 1) * FRAME_MS,
                    "confidence": round(min(1.0, max(0.0, segment.prob)), 3),
                }
            )
    return found


def loudness(pcm):
    """Returns the RMS level of each second in dBFS, None for digital silence."""
    levels = []
    for at in range(0, len(pcm), BYTES_PER_SECOND):
        samples = array("h", pcm[at : at + BYTES_PER_SECOND])
        power = sum(map(mul, samples, samples)) / len(samples) / 32768**2
        levels.append(round(10 * math.log10(power), 1) if power else None)
    return levels


def recognise_channel(pcm):
    return {"words": words(pcm), "loudness": loudness(pcm)}


def recognise(path):
    """Returns what the module prints for the recording at `path`; raises Undecodable."""
    channels, sample_rate_hz = decode(path)
    workers = min(len(channels), os.cpu_count() or 1)
    if workers == 1:
        results = list(map(recognise_channel, channels))
    else:
        with ProcessPoolExecutor(workers) as pool:
            results = list(pool.map(recognise_channel, channels))
    return {
        "durationMs": len(channels[0]) * 1000 // BYTES_PER_SECOND,
        "sampleRateHz": sample_rate_hz,
        "channels": results,
    }


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python recognise.py FILE")
    try:
        print(json.dumps(recognise(sys.argv[1])))
    except Undecodable as error:
        print(f"cannot decode {sys.argv[1]}: {error}".replace("\n", " "), file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
