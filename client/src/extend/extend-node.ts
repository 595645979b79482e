/** "Extend an OS node…": which node, where it is to end, and the change as a difference before it is made. */
import { type QuickPickItem, window } from 'vscode';
import {
  type EditResult,
  EXTEND_REQUEST,
  type ExtendNodeArguments,
  type ExtendParams,
  TARGETS_REQUEST,
  type TargetsParams,
  type TargetsResult,
} from '../../../server/src/protocol';
import type { Layouts } from '../layouts';
import type { Pages } from '../pages';
import { type Answer, inputStep, pickStep, type StepOptions } from '../quick-steps';
import type { ServerSession } from '../session';
import { text } from '../texts';
import { judgeAddress } from './address';
import { review } from './preview';

/** What the wizard works with. */
export interface Services {
  readonly session: ServerSession;
  readonly layouts: Layouts;
  readonly pages: Pages;
}

type Targets = Extract<TargetsResult, { readonly kind: 'targets' }>;

interface NodeChoice extends QuickPickItem {
  readonly node: ExtendNodeArguments;
  readonly file: string;
}

/** @param given the node, and perhaps the region, that the person has pointed at */
export async function extendNode(services: Services, given: ExtendNodeArguments | undefined): Promise<void> {
  const choices = choicesOf(services.layouts);
  if (choices.length === 0) {
    await window.showInformationMessage(text('client.no-server'));
    return;
  }
  const known = given ?? (choices.length === 1 ? choices[0]?.node : undefined);
  const first = known ? 1 : 2;
  for (let node = known; ; node = known) {
    if (!node) {
      const answer = await askNode(choices, first + 1);
      if (answer.kind !== 'chosen') return;
      node = answer.value.node;
    }
    const params: TargetsParams = { uri: node.uri, osid: node.osid, region: node.region };
    if ((await extend(services, params, first)) === 'done' || known) return;
  }
}

function askNode(choices: readonly NodeChoice[], totalSteps: number): Promise<Answer<NodeChoice>> {
  const active = window.activeTextEditor?.document.uri.toString();
  return pickStep(choices, {
    title: text('views.extend.title'),
    step: 1,
    totalSteps,
    placeholder: text('views.extend.node'),
    active: choices.find(({ file }) => file === active),
  });
}

function choicesOf({ projects }: Layouts): readonly NodeChoice[] {
  return projects.flatMap(({ uri, nodes }) =>
    nodes.map(({ osid, label, description, file, regions }) => {
      const share = regions.find(({ isShare }) => isShare);
      const detail = share && `${share.name}: ${share.description}`;
      return { label, description, detail, file, node: { uri, osid } };
    }),
  );
}

/** @returns whether it has ended; else the person wants another node */
async function extend(services: Services, params: TargetsParams, step: number): Promise<'done' | 'back'> {
  const client = services.session.connection;
  if (!client) return 'done';
  for (;;) {
    // Asked anew after each change of mind: the text may have changed.
    const targets = await client.sendRequest<TargetsResult>(TARGETS_REQUEST, params);
    if (targets.kind === 'error') {
      await window.showErrorMessage(targets.message);
      return 'done';
    }
    const title = text('client.extend.title', { region: targets.region, osid: params.osid });
    const address = await askAddress(targets, { title, step, totalSteps: step + 1 });
    if (address.kind !== 'chosen') return address.kind === 'back' ? 'back' : 'done';
    if (await offer(services, params, targets.region, address.value, step + 1)) return 'done';
  }
}

/** The address of a target, or one that is typed; the way back from typing leads to the targets. */
async function askAddress(targets: Targets, options: StepOptions): Promise<Answer<string>> {
  const items = [
    ...targets.targets.map(({ label, description, warning, address }) => ({
      label,
      description,
      detail: warning && `$(warning) ${warning}`,
      address,
    })),
    { label: text('views.extend.address'), address: undefined },
  ];
  for (;;) {
    const chosen = await pickStep(items, { ...options, placeholder: text('views.extend.target') });
    if (chosen.kind !== 'chosen') return chosen;
    if (chosen.value.address !== undefined) return { kind: 'chosen', value: chosen.value.address };
    const typed = await inputStep({
      ...options,
      hasBack: true,
      prompt: text('client.extend.prompt'),
      value: targets.suggestion,
      judge: (address) => judgeAddress(targets.region, targets.start, address),
    });
    if (typed.kind !== 'back') return typed;
  }
}

/** @returns whether it has ended; else the person wants another address */
async function offer(
  { session: { connection: client }, pages }: Services,
  { uri, osid }: TargetsParams,
  region: string,
  address: string,
  step: number,
): Promise<boolean> {
  const params: ExtendParams = { uri, at: { osid, region }, address };
  for (;;) {
    const result = await client?.sendRequest<EditResult>(EXTEND_REQUEST, params);
    if (!client || !result) return true;
    if (result.kind === 'error') {
      await window.showErrorMessage(result.message);
      return false;
    }
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(result.edit);
    const title = result.title ?? text('client.extend.title', { region, osid });
    const answer = await review(pages, edit, { title, step, totalSteps: step });
    if (answer.kind === 'back') return false;
    // The text has changed while it was shown: so has the edit.
    if (answer.kind === 'chosen' && answer.value === 'outdated') continue;
    return true;
  }
}
