/** Steps of quick input, one after the other, with a way back. Escape ends all of them. */
import {
  type InputBoxValidationMessage,
  InputBoxValidationSeverity,
  type QuickInput,
  QuickInputButtons,
  type QuickPickItem,
  window,
} from 'vscode';

/** How a step ended. */
export type Answer<T> =
  | { readonly kind: 'chosen'; readonly value: T }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

export interface StepOptions {
  readonly title: string;
  /** Counted from 1. */
  readonly step: number;
  readonly totalSteps: number;
  /** Whether there is a way back; by default, from the second step on. */
  readonly hasBack?: boolean;
}

/** @param options.active the item that the cursor is on at first */
export function pickStep<Item extends QuickPickItem>(
  items: readonly Item[],
  options: StepOptions & { readonly placeholder: string; readonly active?: Item },
): Promise<Answer<Item>> {
  const picker = window.createQuickPick<Item>();
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.items = items;
  if (options.active) picker.activeItems = [options.active];
  return run(picker, options, (done) => {
    picker.onDidAccept(() => {
      const [value] = picker.selectedItems;
      if (value) done(value);
    });
    picker.onDidTriggerButton(() => done(undefined));
  });
}

/** @param options.judge says what is wrong with what is typed, as an error, or what comes of it */
export function inputStep(
  options: StepOptions & {
    readonly prompt: string;
    readonly value: string;
    readonly judge: (typed: string) => InputBoxValidationMessage;
  },
): Promise<Answer<string>> {
  const box = window.createInputBox();
  box.prompt = options.prompt;
  box.value = options.value;
  box.validationMessage = options.judge(options.value);
  return run(box, options, (done) => {
    box.onDidChangeValue((typed) => {
      box.validationMessage = options.judge(typed);
    });
    box.onDidAccept(() => {
      if (options.judge(box.value).severity !== InputBoxValidationSeverity.Error) done(box.value);
    });
    box.onDidTriggerButton(() => done(undefined));
  });
}

/** @param listen told what to call with the answer; undefined is the way back */
function run<T>(
  input: QuickInput & { buttons: readonly unknown[] },
  { title, step, totalSteps, hasBack = step > 1 }: StepOptions,
  listen: (done: (value: T | undefined) => void) => void,
): Promise<Answer<T>> {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  // A look at the code, or at the change, ends nothing.
  input.ignoreFocusOut = true;
  if (hasBack) input.buttons = [QuickInputButtons.Back];
  const answer = new Promise<Answer<T>>((resolve) => {
    listen((value) => resolve(value === undefined ? { kind: 'back' } : { kind: 'chosen', value }));
    input.onDidHide(() => resolve({ kind: 'cancelled' }));
  });
  input.show();
  return answer.finally(() => input.dispose());
}
