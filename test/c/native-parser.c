/*
 * Prints the trees that tree-sitter's C library makes of the texts on standard input; with a number as its argument, how
 * many nanoseconds each of so many parses of a text takes. See native-parser.ts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_c(void);

static void enter(TSNode node)
{
	printf("(%s %u %u%s", ts_node_type(node), ts_node_start_byte(node) / 2, ts_node_end_byte(node) / 2,
	       ts_node_has_error(node) || ts_node_is_error(node) ? "!" : "");
}

static void print_tree(TSTree *tree)
{
	TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));

	enter(ts_tree_cursor_current_node(&cursor));
	for (;;) {
		if (ts_tree_cursor_goto_first_child(&cursor)) {
			enter(ts_tree_cursor_current_node(&cursor));
			continue;
		}
		putchar(')');
		while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
			if (!ts_tree_cursor_goto_parent(&cursor)) {
				putchar('\0');
				ts_tree_cursor_delete(&cursor);
				return;
			}
			putchar(')');
		}
		enter(ts_tree_cursor_current_node(&cursor));
	}
}

static TSTree *parse(TSParser *parser, const char *text, unsigned length)
{
	return ts_parser_parse_string_encoding(parser, NULL, text, length, TSInputEncodingUTF16LE);
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void print_times(TSParser *parser, const char *text, unsigned length, int times)
{
	while (times-- > 0) {
		long long start = now();

		ts_tree_delete(parse(parser, text, length));
		printf("%lld\n", now() - start);
	}
}

/* Each text is its length in bytes, a newline, and its UTF-16 (little endian); each tree ends in a null character. */
int main(int count, char **words)
{
	int times = count > 1 ? atoi(words[1]) : 0;
	TSParser *parser = ts_parser_new();
	unsigned length;

	if (!ts_parser_set_language(parser, tree_sitter_c()))
		return 1;
	while (scanf("%u", &length) == 1 && getchar() == '\n') {
		char *text = malloc(length + 1);

		if (text == NULL || fread(text, 1, length, stdin) != length)
			return 2;
		if (times > 0) {
			print_times(parser, text, length, times);
		} else {
			TSTree *tree = parse(parser, text, length);

			print_tree(tree);
			ts_tree_delete(tree);
		}
		free(text);
	}
	ts_parser_delete(parser);
	return 0;
}
