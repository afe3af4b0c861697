import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { VerbatimFunction } from './verbatim-function.ts';

/** What a signed URL is for. */
export interface SignedUrlProps {
  readonly api: VerbatimFunction;
  /** What its callers may do by it, in a line; it is shown in the IAM console. */
  readonly description: string;
}

/** A Function URL that answers signed requests only, and the policy that lets a role make them. */
export class SignedUrl extends Construct {
  /** The URL's address. */
  readonly url: string;
  /** What the role of a caller needs. */
  readonly callerPolicy: ManagedPolicy;

  constructor(scope: Construct, id: string, { api, description }: SignedUrlProps) {
    super(scope, id);
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
