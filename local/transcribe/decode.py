"""Decodes a recording to a WAV file: 16 bit, 16 kHz, all its channels, as the recogniser hears them.

    python decode.py FILE WAV

Reads what recognise.py reads, and ends like it: with 2 and one line on stderr for a file that cannot be decoded, with 3
where a package is missing.
"""

import sys
import wave
from array import array

sys.dont_write_bytecode = True
from recognise import RATE_HZ, Undecodable, decode  # noqa: E402


def write_wav(path, channels):
    interleaved = array("h", bytes(len(channels) * len(channels[0])))
    for index, channel in enumerate(channels):
        interleaved[index :: len(channels)] = array("h", channel)
    with wave.open(path, "wb") as out:
        out.setnchannels(len(channels))
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(interleaved.tobytes())


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: python decode.py FILE WAV")
    try:
        channels, _ = decode(sys.argv[1])
    except Undecodable as error:
        print(f"cannot decode {sys.argv[1]}: {error}".replace("\n", " "), file=sys.stderr)
        sys.exit(2)
    write_wav(sys.argv[2], channels)


if __name__ == "__main__":
    main()
