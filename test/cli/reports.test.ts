/** The formats of `check`, each as its readers take it; what is left out, and what that does to the exit code. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import Ajv04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { SaxesParser } from 'saxes';
import { beforeEach, describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../server/src/memmap/rule-names';
import { CLI, run, temporaryFolder } from './command-line';

const SIZE = 'mint_memory_size - 0x8000000';
const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';

const folder = temporaryFolder();
beforeEach(() => {
  folder.sample('three-nodes');
  rewrite(NODE_0, (text) => text.replace(SIZE, '0x48000000'));
});

function rewrite(file: string, change: (text: string) => string): void {
  const path = join(folder.path, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

const check = (...words: readonly string[]) => run(['check', ...words], { cwd: folder.path });

/** The line of node 0's size, from 1. */
function lineOfSize(): number {
  const text = readFileSync(join(folder.path, NODE_0), 'utf8');
  return text.slice(0, text.indexOf('0x48000000')).split('\n').length;
}

describe('text', () => {
  it('has the line and a caret below the place', () => {
    const lines = check('--rule', 'node-overlap').stdout.split('\n');
    expect(lines[0]).toMatch(
      /^kexec-mint-os0\/kexec\/firmware_memmap\.c:\d+:22: error: .* \[node-overlap\]$/,
    );
    expect(lines.slice(1, 3)).toEqual([
      `${`${lineOfSize()}`.padStart(5)} | \tmint_region3_size = 0x48000000;`,
      `      | \t${' '.repeat(20)}^~~~~~~~~~`,
    ]);
  });

  it('has the caret below its character where kana stand before it, and obeys no source', () => {
    rewrite(NODE_0, (text) =>
      text.replace('mint_region3_size = 0x', '/* 領域\x1b[2J */ mint_region3_size = 0x'),
    );
    const [, line = '', caret = ''] = check('--rule', 'node-overlap').stdout.split('\n');
    expect(line).toContain('/* 領域\ufffd[2J */ mint_region3_size');
    // Each of the two kanji takes two columns.
    expect(caret.indexOf('^')).toBe(line.indexOf('0x48000000') + 2);
  });

  it('has colours on a terminal, and none where NO_COLOR is set', () => {
    const words = [process.execPath, CLI, 'check', folder.path, '--rule', 'node-overlap'];
    const onTerminal = (env: Record<string, string>) =>
      // util-linux's script lends a terminal.
      spawnSync('script', ['-qec', words.join(' '), '/dev/null'], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, LC_ALL: 'C', TERM: 'xterm', ...env },
      });
    const coloured = onTerminal({});
    expect(coloured.status).toBe(1);
    expect(coloured.stdout).toContain('\x1b[31merror:\x1b[39m');
    expect(onTerminal({ NO_COLOR: '1' }).stdout).not.toContain('\x1b');
    expect(check().stdout).not.toContain('\x1b');
  });
});

describe('sarif', () => {
  const sarif = (...words: readonly string[]) => {
    const { status, stdout } = check('--format', 'sarif', ...words);
    expect(status).toBe(1);
    return JSON.parse(stdout);
  };

  it('is what the standard has it to be, in both languages', () => {
    const ajv = new Ajv04({ strict: false, unicodeRegExp: false });
    formats(ajv);
    const schema = createRequire(import.meta.url).resolve('@microsoft/jest-sarif');
    const file = join(schema, '../schemas/sarif-2.1.0-rtm.5.json');
    const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
    for (const lang of ['en', 'ja']) {
      const log = sarif('--lang', lang);
      validate(log);
      expect(validate.errors).toBeNull();
      expect(log.version).toBe('2.1.0');
    }
    expect(validate({ version: '2.1.0', runs: [{ results: [{}] }] })).toBe(false);
  });

  it('has every rule with its help, by which results name it', () => {
    const [{ tool, results }] = sarif().runs;
    const { rules } = tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(RULE_NAMES);
    for (const { shortDescription, help } of rules) {
      expect(shortDescription.text).toMatch(/^\S.*\.$/);
      expect(help.markdown.replaceAll('\n', ' ')).toContain(`${shortDescription.text} `);
      expect(help.markdown).not.toMatch(/\]\(/);
    }
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex].id).toBe(ruleId);
    const japanese = sarif('--lang', 'ja').runs[0].tool.driver.rules;
    for (const { shortDescription, help } of japanese) {
      expect(shortDescription.text).toMatch(/。$/);
      expect(help.text.startsWith(shortDescription.text)).toBe(true);
    }
  });

  it('has places, related places and fixes, from the folder that it runs in', () => {
    const [{ results, originalUriBaseIds }] = sarif('--rule', 'node-overlap').runs;
    const line = lineOfSize();
    const region = { startLine: line, startColumn: 22, endLine: line, endColumn: 32 };
    const artifactLocation = { uri: NODE_0, uriBaseId: 'SRCROOT' };
    expect(originalUriBaseIds.SRCROOT.uri).toMatch(/^file:\/\/\/.*\/$/);
    expect(results).toHaveLength(2);
    const [first] = results;
    expect(first).toMatchObject({
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation, region } }],
      relatedLocations: [
        { id: 1, physicalLocation: { artifactLocation: { uri: 'kexec-mint-os1/kexec/firmware_memmap.c' } } },
      ],
    });
    const [fix] = first.fixes;
    expect(fix.artifactChanges).toEqual([
      { artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: SIZE } }] },
    ]);
  });
});

describe('junit', () => {
  it('is XML whose counts are right, with a test for each rule and each finding', () => {
    const { status, stdout } = check('--format', 'junit');
    expect(status).toBe(1);
    const counts = { testcase: 0, failure: 0 };
    const names = new Set<string>();
    const rules = new Set<string>();
    let suite: Record<string, string> = {};
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name, attributes }) => {
      const own = attributes as Record<string, string>;
      if (name === 'testsuite') suite = own;
      if (name === 'failure') counts.failure++;
      if (name !== 'testcase') return;
      counts.testcase++;
      names.add(`${own.classname} ${own.name}`);
      rules.add(own.classname?.replace('kexec-mint.', '') ?? '');
    });
    parser.write(stdout).close();
    expect(suite).toMatchObject({ tests: `${counts.testcase}`, failures: `${counts.failure}` });
    expect([...rules].sort()).toEqual([...RULE_NAMES].sort());
    expect(names.size).toBe(counts.testcase);
    const totals = /^(\d+) error\(s\), (\d+) warning/m.exec(check().stdout) ?? [];
    expect(counts.failure).toBe(Number(totals[1]) + Number(totals[2]));
  });
});

describe('github', () => {
  it('is a command for each finding, on one line', () => {
    const { status, stdout } = check('--format', 'github');
    expect(status).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    for (const line of lines) {
      expect(line).toMatch(
        /^::(?:error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+,col=\d+.*,title=[\w-]+::./,
      );
    }
    const line = lineOfSize();
    expect(lines[0]).toMatch(
      new RegExp(
        `^::error file=${NODE_0},line=${line},endLine=${line},col=22,endColumn=32,title=node-overlap::`,
      ),
    );
  });

  it('names files from the folder that it runs in', () => {
    const name = basename(folder.path);
    const { stdout } = run(['check', name, '--format', 'github'], { cwd: dirname(folder.path) });
    expect(stdout).toContain(`::error file=${name}/${NODE_0},`);
  });
});

describe('what is left out', () => {
  it('is not told and not counted', () => {
    expect(check('--severity', 'error').stdout).not.toMatch(/: (?:warning|information): /);
    const one = check('--rule', 'known-failure');
    expect(one).toMatchObject({ status: 0 });
    expect(one.stdout).toMatch(/\[known-failure\]\n/);
    expect(one.stdout).toMatch(/^0 error\(s\), 0 warning\(s\), 1 other/m);
    const { findings } = JSON.parse(check('--format', 'json', '--rule=node-overlap').stdout);
    expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual(['node-overlap', 'node-overlap']);
    const two = check(
      '--rule',
      'known-failure',
      '--rule',
      'kernel-lands-in-other-node',
      '--severity=warning',
    );
    expect(two.stdout).not.toContain('[known-failure]');
    expect(two.stdout).toContain('[kernel-lands-in-other-node]');
  });

  it('warnings fail where there are more than are allowed', () => {
    rewrite(NODE_0, (text) => text.replace('0x48000000', SIZE));
    expect(check().status).toBe(0);
    expect(check('--max-warnings', '2')).toMatchObject({ status: 0, stderr: '' });
    expect(check('--max-warnings', '1')).toMatchObject({
      status: 1,
      stderr: '2 warning(s): --max-warnings allows 1.\n',
    });
    expect(check('--max-warnings', '0', '--severity', 'error').status).toBe(0);
  });

  it.each([
    [['--rule', 'node-overlaps'], 'check does not know --rule node-overlaps. Did you mean node-overlap?'],
    [['--severity', 'fatal'], 'It knows error, warning, information, hint'],
    [['--max-warnings', 'few'], '--max-warnings needs a number of warnings, such as 0: few is none.'],
  ])('%j is refused', (words, why) => {
    const { status, stderr } = check(...words);
    expect(status).toBe(2);
    expect(stderr).toContain(why);
  });
});
