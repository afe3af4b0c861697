#!/usr/bin/env node
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { VerbatimConfig } from '../lib/config.ts';
import { VerbatimStack } from '../lib/verbatim-stack.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

/** Another config than `verbatim.config.ts` is named by `-c config=FILE`, for a second environment. */
const file = resolve(String(app.node.tryGetContext('config') ?? 'verbatim.config.ts'));
const { default: config } = (await import(pathToFileURL(file).href)) as { default: VerbatimConfig };

new VerbatimStack(app, config.stackName, { config });
