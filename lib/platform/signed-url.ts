import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { CallTable } from '../call-table.ts';
import type { Platform } from './platform.ts';
import type { VerbatimFunction } from './verbatim-function.ts';

/** What a signed URL is for. */
export interface SignedUrlProps {
  readonly platform: Platform;
  /** Where its requests are counted. */
  readonly callTable: CallTable;
  /** Which URL it is, such as `calls`: requests to others count apart. */
  readonly name: string;
  readonly api: VerbatimFunction;
  /** What its callers may do by it, in a line; it is shown in the IAM console. */
  readonly description: string;
}

/**
 * A Function URL that answers signed requests only, and the policy that lets a role make them. Its function gets what it needs
 * at its edge: see lambdas/platform/http-edge.ts.
 */
export class SignedUrl extends Construct {
  /** The URL's address. */
  readonly url: string;
  /** What the role of a caller needs. */
  readonly callerPolicy: ManagedPolicy;

  constructor(scope: Construct, id: string, { platform, callTable, name, api, description }: SignedUrlProps) {
    super(scope, id);
    const edge = {
      CURSOR_KEY_ARN: platform.cursorKey.keyArn,
      RATE_TABLE_NAME: callTable.table.tableName,
      URL_NAME: name,
      HTTP_CONFIG: JSON.stringify(platform.httpConfig),
    };
    for (const [variable, value] of Object.entries(edge)) api.function.addEnvironment(variable, value);
    api.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [platform.cursorKey.keyArn] }),
    );
    callTable.allowCounting(api.role);
    this.url = api.function.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM }).url;
    const allow = (action: string, conditions: Record<string, Record<string, string>>) =>
      new PolicyStatement({ actions: [action], resources: [api.function.functionArn], conditions });
    // A caller needs both since October 2025, the second bound to calls by way of a URL.
    this.callerPolicy = new ManagedPolicy(this, 'CallerPolicy', {
      description,
      statements: [
        allow('lambda:InvokeFunctionUrl', { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }),
        allow('lambda:InvokeFunction', { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }),
      ],
    });
  }
}
