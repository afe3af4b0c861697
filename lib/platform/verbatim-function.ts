import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage, Duration, type ILocalBundling } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  CfnFunction,
  Code,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { acknowledge, arnInFinding } from './acknowledge.ts';
import type { Platform } from './platform.ts';

/** What a function of Verbatim is made of. */
export interface VerbatimFunctionProps {
  readonly platform: Platform;
  /** The handler's file below `lambdas/`, such as `calls/calls.handler.ts`; it exports `handler`. */
  readonly entry: string;
  /** What it does, in a line; it is shown in the Lambda console. */
  readonly description: string;
  /** The environment variables that the handler reads. */
  readonly environment: Record<string, string>;
  /**
   * The part of the config that the handler reads as `VERBATIM_CONFIG`. It is written into the bundle in place of the
   * environment variable, which could hold 4 KB only. @default none
   */
  readonly config?: unknown;
  /** @default 30 seconds */
  readonly timeout?: Duration;
  /** @default 512 */
  readonly memoryMiB?: number;
}

/** A Node function with a role of its own that may do nothing but write its log, and an alarm on its errors. */
export class VerbatimFunction extends Construct {
  /** The function. */
  readonly function: LambdaFunction;
  /** Its role; what it may do is added to it. */
  readonly role: Role;

  constructor(scope: Construct, id: string, props: VerbatimFunctionProps) {
    super(scope, id);
    const { platform, timeout = Duration.seconds(30), memoryMiB = 512 } = props;

    const logGroup = new LogGroup(this, 'Log', {
      retention: platform.logRetention,
      removalPolicy: platform.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`${logGroup.logGroupArn}:log-stream:*`],
      }),
    );
    acknowledge(
      this.role,
      `AwsSolutions-IAM5[Resource::${arnInFinding(logGroup)}:log-stream:*]`,
      'Lambda makes the log streams of this one log group and names them.',
    );

    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: bundle(props.entry, props.config),
      role: this.role,
      logGroup,
      timeout,
      memorySize: memoryMiB,
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
    });
    platform.alarm(this, 'ErrorsAlarm', {
      metric: this.function.metricErrors({ period: Duration.minutes(5) }),
      atLeast: 1,
      description: `The function that ${lowerFirst(props.description)} fails. See its log.`,
    });
  }

  /** Lets the function be called because of what it sent itself, as often as that comes. */
  allowRecursion(): void {
    const { defaultChild } = this.function.node;
    if (!(defaultChild instanceof CfnFunction)) throw new Error('the function has no resource of its own');
    defaultChild.recursiveLoop = RecursiveLoop.ALLOW;
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

const LAMBDAS = join(import.meta.dirname, '../../lambdas');

/** The bundle of a handler: one ES module with everything in it, the AWS SDK too, so that its version is ours. */
function bundle(entry: string, config: unknown): Code {
  const local: ILocalBundling = {
    tryBundle(outputDir) {
      buildSync({
        entryPoints: [join(LAMBDAS, entry)],
        outfile: join(outputDir, 'index.mjs'),
        bundle: true,
        platform: 'node',
        target: 'node24',
        format: 'esm',
        minify: true,
        keepNames: true,
        sourcemap: 'linked',
        sourcesContent: false,
        logLevel: 'warning',
        mainFields: ['module', 'main'],
        // Four megabytes that ogg-opus-decoder asks for only to make speech sound better.
        external: ['@wasm-audio-decoders/opus-ml'],
        // Some dependencies are CommonJS and call require(), which an ES module has not.
        banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
        define: config === undefined ? {} : { 'process.env.VERBATIM_CONFIG': JSON.stringify(JSON.stringify(config)) },
      });
      writeFileSync(join(outputDir, 'package.json'), '{"type":"module"}');
      return true;
    },
  };
  // The image is never asked for: the local bundling always succeeds or throws.
  const image = DockerImage.fromRegistry('none');
  return Code.fromAsset(LAMBDAS, {
    assetHashType: AssetHashType.OUTPUT,
    // The CDK takes two bundles of one folder for the same one, unless their commands differ.
    bundling: { image, local, command: [entry, JSON.stringify(config ?? null)] },
  });
}
