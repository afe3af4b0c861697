import { type Command, Option } from 'commander';
import type { NewClipExport } from '../../client/verbatim-client.ts';
import { offsetText } from '../../lambdas/transcription/transcription.ts';
import { printed } from '../printed.ts';
import { table } from '../tables.ts';
import { each, JSON_WHOLE, type JsonOptions, offsetOption, qualityOf } from './options.ts';
import { clipTable } from './texts.ts';

interface ClipOptions extends JsonOptions {
  readonly at: number;
  readonly until: number;
  readonly title: string;
  readonly example: 'good' | 'bad';
  readonly why: string;
  readonly topic: string[];
  readonly everyone?: boolean;
}

interface ExportOptions extends JsonOptions {
  readonly class: string;
  readonly basis: NewClipExport['basis'];
  readonly reason: string;
}

interface PlaylistOptions extends JsonOptions {
  readonly title: string;
  readonly about?: string;
  readonly team?: string;
  readonly play: readonly string[];
}

/** What `CALL/CLIP`, or the id of an export, names. */
const entryOf = (written: string) => {
  const [callId = '', clipId] = written.split('/');
  return clipId === undefined ? { exportId: callId } : { callId, clipId };
};

/** Adds `clip …`, `clips`, `playlist …`, `playlists` and `exports` to a program. */
export function registerLibrary(program: Command): void {
  const clip = program.command('clip').description('keep stretches of calls for others to learn from');

  clip
    .command('make')
    .description('make a clip of a stretch of a call: it goes with the call')
    .argument('<callId>', 'the id of the call')
    .requiredOption('--at <offset>', 'where in the recording: 1:05, 65 or 65.2', offsetOption)
    .requiredOption('--until <offset>', 'until where', offsetOption)
    .requiredOption('--title <text>', 'its title')
    .addOption(
      new Option('--example <kind>', 'how it is done, or is not').choices(['good', 'bad']).makeOptionMandatory(),
    )
    .requiredOption('--why <text>', 'why it is an example')
    .requiredOption('--topic <topic>', 'what it is an example of; once for each', each)
    .option('--everyone', 'for everyone, and not for the team of the agent alone')
    .option(...JSON_WHOLE)
    .action(async (callId: string, { at, until, topic, everyone, json, ...said }: ClipOptions, command: Command) => {
      const made = await (await qualityOf(command)).makeClip(callId, {
        ...{ startMs: at, endMs: until, topics: topic, audience: everyone ? 'everyone' : 'team', ...said },
      });
      printed(json, made, () => clipTable([made]));
    });

  clip
    .command('show')
    .description('show a clip, and what is said in it')
    .argument('<callId>', 'the id of the call')
    .argument('<clipId>', 'the id of the clip')
    .option(...JSON_WHOLE)
    .action(async (callId: string, clipId: string, { json }: JsonOptions, command: Command) => {
      const found = await (await qualityOf(command)).clip(callId, clipId);
      const said = found.turns.map((turn) => `${offsetText(turn.startMs).padStart(9)}  ${turn.speaker}: ${turn.text}`);
      printed(json, found, () => [clipTable([found.clip]), ...said].join('\n'));
    });

  clip
    .command('audio')
    .description('print a link by which a clip is heard')
    .argument('<callId>', 'the id of the call')
    .argument('<clipId>', 'the id of the clip')
    .option(...JSON_WHOLE)
    .action(async (callId: string, clipId: string, { json }: JsonOptions, command: Command) => {
      const link = await (await qualityOf(command)).clipAudio(callId, clipId);
      printed(json, link, () => link.url);
    });

  clip
    .command('export')
    .description('keep a clip without its call: redacted, anonymous, of a retention class of its own')
    .argument('<callId>', 'the id of the call')
    .argument('<clipId>', 'the id of the clip')
    .requiredOption('--class <name>', 'the retention class')
    .requiredOption('--basis <ground>', 'on which ground, such as legitimate-interests')
    .requiredOption('--reason <text>', 'why; name nobody')
    .option(...JSON_WHOLE)
    .action(
      async (
        callId: string,
        clipId: string,
        { class: retentionClass, basis, reason, json }: ExportOptions,
        command: Command,
      ) => {
        const quality = await qualityOf(command);
        const exported = await quality.exportClip({ callId, clipId }, { retentionClass, basis, reason });
        printed(json, exported, () => `${exported.exportId}  kept until ${exported.expiresAt}`);
      },
    );

  clip
    .command('delete')
    .description('take a clip out of the library; what was exported of it stays')
    .argument('<callId>', 'the id of the call')
    .argument('<clipId>', 'the id of the clip')
    .action(async (callId: string, clipId: string, _: object, command: Command) => {
      const quality = await qualityOf(command);
      await quality.deleteClip((await quality.clip(callId, clipId)).clip);
    });

  program
    .command('clips')
    .description('list the training library')
    .option('--topic <topic>', 'the clips of a topic')
    .option('--call <callId>', 'or: those of a call')
    .option(...JSON_WHOLE)
    .action(
      async (
        { topic, call, json }: JsonOptions & { readonly topic?: string; readonly call?: string },
        command: Command,
      ) => {
        const quality = await qualityOf(command);
        const clips =
          call === undefined
            ? await Array.fromAsync(quality.clips({ topic, limit: 200 }))
            : await quality.clipsOfCall(call);
        printed(json, clips, () => clipTable(clips));
      },
    );

  program
    .command('exports')
    .description('list the exports of clips, which are kept without their calls')
    .option('--topic <topic>', 'those of a topic')
    .option('--withdraw <exportId>', 'withdraw one: nothing of it is left')
    .option(...JSON_WHOLE)
    .action(
      async (
        { topic, withdraw, json }: JsonOptions & { readonly topic?: string; readonly withdraw?: string },
        command: Command,
      ) => {
        const quality = await qualityOf(command);
        if (withdraw !== undefined) return quality.withdrawExport(withdraw);
        const exported = await Array.fromAsync(quality.clipExports({ topic, limit: 200 }));
        printed(json, exported, () =>
          table(
            ['export', 'title', 'topics', 'class', 'until'],
            exported.map((one) => [
              ...[one.exportId, one.title, one.topics.join('\n'), one.retentionClass, one.expiresAt],
            ]),
          ),
        );
      },
    );

  const playlist = program.command('playlist').description('put clips and exports in an order to be heard');

  playlist
    .command('make')
    .description('make a playlist')
    .requiredOption('--title <text>', 'its title')
    .option('--about <text>', 'what it is for')
    .option('--team <team>', "whose it is (default: everyone's)")
    .requiredOption('--play <what>', 'CALL/CLIP, or the id of an export; once for each', each)
    .option(...JSON_WHOLE)
    .action(async ({ play, json, ...said }: PlaylistOptions, command: Command) => {
      const made = await (await qualityOf(command)).makePlaylist({ ...said, entries: play.map(entryOf) });
      printed(json, made, () => `${made.playlistId}  ${made.title}`);
    });

  playlist
    .command('show')
    .description('show what a playlist plays; what is gone is told as gone')
    .argument('<playlistId>', 'the id of the playlist')
    .option(...JSON_WHOLE)
    .action(async (playlistId: string, { json }: JsonOptions, command: Command) => {
      const found = await (await qualityOf(command)).playlist(playlistId);
      printed(json, found, () =>
        table(
          ['what', 'state', 'title'],
          found.played.map(({ entry, state, clip: played, export: exported }) => [
            'exportId' in entry ? entry.exportId : `${entry.callId}/${entry.clipId}`,
            ...[state, (played ?? exported)?.title ?? ''],
          ]),
        ),
      );
    });

  program
    .command('playlists')
    .description('list playlists')
    .option(...JSON_WHOLE)
    .action(async ({ json }: JsonOptions, command: Command) => {
      const playlists = await Array.fromAsync((await qualityOf(command)).playlists({ limit: 200 }));
      printed(json, playlists, () =>
        table(
          ['playlist', 'title', 'team', 'entries', 'by'],
          playlists.map(({ playlistId, title, team, entries, madeBy }) => [
            ...[playlistId, title, team ?? 'everyone', String(entries.length), madeBy],
          ]),
        ),
      );
    });
}
