/**
 * Streams that are read no faster than what arrives is answered, and what is answered is taken: a client that goes on
 * sending and stops reading finds its pipe full, as with any program between two pipes, and nothing piles up here.
 */
import type { Readable, Writable } from 'node:stream';
import {
  ApplyWorkspaceEditRequest,
  type ConnectionOptions,
  type DataCallback,
  type Disposable,
  Message,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { FIND_FILES_REQUEST, READ_FILE_REQUEST } from '../protocol';

/** Messages of a kind under way before no more are read: many times what an editor asks for at once. */
const MOST = 64;

/** The client's answers that answers of ours wait for: they are read however much there is. */
const WAITED_FOR: ReadonlySet<string> = new Set([
  ApplyWorkspaceEditRequest.method,
  READ_FILE_REQUEST,
  FIND_FILES_REQUEST,
]);

type Id = number | string | null;

/** What is under way in both directions. */
class Pace {
  /** Requests that have arrived and whose answers are not written. */
  private readonly unanswered = new Set<Id>();
  /** Requests of ours that have been written. */
  private readonly waitedFor = new Set<Id>();
  /** Notifications that have arrived and are not handled. */
  private unhandled = 0;
  private unwritten = 0;

  constructor(private readonly input: Readable) {}

  arrived(message: Message): void {
    if (Message.isRequest(message)) this.unanswered.add(message.id);
    else if (Message.isResponse(message)) this.waitedFor.delete(message.id);
    else if (isQueued(message)) this.unhandled++;
    this.adjust();
  }

  handled(message: Message): void {
    if (isQueued(message)) this.unhandled--;
    this.adjust();
  }

  /** @param write ends when the stream has taken the message */
  async writing(message: Message, write: () => Promise<void>): Promise<void> {
    if (Message.isRequest(message) && WAITED_FOR.has(message.method)) this.waitedFor.add(message.id);
    this.unwritten++;
    try {
      await write();
    } finally {
      this.unwritten--;
      if (Message.isResponse(message)) this.unanswered.delete(message.id);
      this.adjust();
    }
  }

  private adjust(): void {
    const isBusy = this.unanswered.size > MOST || this.unhandled > MOST;
    if (this.unwritten > MOST || (isBusy && this.waitedFor.size === 0)) this.input.pause();
    else this.input.resume();
  }
}

/** Whether it is a notification that takes its turn: a cancellation overtakes. */
function isQueued(message: Message): boolean {
  return Message.isNotification(message) && message.method !== '$/cancelRequest';
}

class PacedReader extends StreamMessageReader {
  constructor(
    input: Readable,
    private readonly pace: Pace,
  ) {
    super(input);
  }

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      this.pace.arrived(message);
      callback(message);
    });
  }
}

class PacedWriter extends StreamMessageWriter {
  constructor(
    output: Writable,
    private readonly pace: Pace,
  ) {
    super(output);
  }

  override write(message: Message): Promise<void> {
    return this.pace.writing(message, () => super.write(message));
  }
}

export interface PacedStreams {
  readonly reader: StreamMessageReader;
  readonly writer: StreamMessageWriter;
  readonly options: ConnectionOptions;
}

export function paced(input: Readable, output: Writable): PacedStreams {
  const pace = new Pace(input);
  return {
    reader: new PacedReader(input, pace),
    writer: new PacedWriter(output, pace),
    options: {
      messageStrategy: {
        handleMessage: (message, handle) => {
          handle(message);
          pace.handled(message);
        },
      },
    },
  };
}
