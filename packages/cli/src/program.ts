import { Command, CommanderError } from 'commander';
import { addApplyCommand } from './commands/apply';
import { addChangeCommand } from './commands/change';
import { addCheckCommand } from './commands/check';
import { addPhaseCommand } from './commands/phase';
import { addPlanCommand } from './commands/plan';
import { addPolicyCommand } from './commands/policy';
import { addRenderCommand } from './commands/render';
import { addRetireCommand } from './commands/retire';
import { addSnapshotCommand } from './commands/snapshot';
import { addStatusCommand } from './commands/status';
import { addVerifyCommand } from './commands/verify';
import { describeFailure } from './describeFailure';
import { exitCodeHelp, exitCodes } from './exitCodes';
import { processTerminal, Terminal } from './Terminal';
import { version } from '../package.json';

/** What a command adds itself to: it reports its exit code through `finish`. */
export type Host = {
  terminal: Terminal;
  /** Where this package is installed: it carries the baseline guardrails. */
  packageFolder: string;
  finish(code: number): void;
};

/** @returns the exit code. Prints everything else; never throws for what a person can put right. */
export async function run(
  args: readonly string[],
  { terminal, packageFolder }: Omit<Host, 'finish'>,
): Promise<number> {
  let code: number = exitCodes.ok;
  const host: Host = {
    terminal,
    packageFolder,
    finish: value => {
      code = value;
    },
  };
  const program = new Command('meshway')
    .description(
      'Meshed services without a portal: render a request, check manifests against the guardrails, read the mTLS status, and make, verify and retire a service in a real cluster.',
    )
    .version(version)
    .configureOutput({
      writeOut: text => terminal.print(text),
      writeErr: text => terminal.note(text.trimEnd()),
    })
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(add --help for what is possible)')
    .addHelpText(
      'after',
      `
Examples
  meshway render cart.yaml                      print what a request becomes
  meshway render cart.yaml | meshway check -    and judge it
  meshway check manifests/ platform/            judge a folder, as CI does
  meshway status                                read the mTLS of every service in the cluster
  meshway snapshot --output snapshot/           write what the cluster shows into a folder to send on
  meshway plan cart.yaml                        see what it would change in the cluster and in Vault
  meshway apply cart.yaml                       see it, agree, and have it
${exitCodeHelp}`,
    )
    .exitOverride();
  addRenderCommand(program, host);
  addCheckCommand(program, host);
  addStatusCommand(program, host);
  addSnapshotCommand(program, host);
  addPolicyCommand(program, host);
  addPlanCommand(program, host);
  addApplyCommand(program, host);
  addVerifyCommand(program, host);
  addPhaseCommand(program, host);
  addRetireCommand(program, host);
  addChangeCommand(program, host);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.unreadable;
    const failure = describeFailure(error);
    terminal.note(failure.text);
    return failure.code;
  }
}

/** Runs the command line of this process. */
export async function main(packageFolder: string): Promise<void> {
  // A reader such as `head` may close the pipe first; that is no failure of ours.
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await run(process.argv.slice(2), {
    terminal: processTerminal,
    packageFolder,
  });
}
