#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

__attribute__((unused)) static int by_start(const void *a, const void *b)
{
	const struct memory_range *left = a, *right = b;

	if (left->start > right->start)
		return 1;
	if (left->start < right->start)
		return -1;
	return 0;
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	struct dirent **names = NULL;
	int n = 0;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	int found = scandir(FIRMWARE_MEMMAP_DIR, &names, visible, NULL);

	if (found < 0)
		return -1;
	for (int k = 0; k < found; k++) {
		range[n].start = strtoull(names[k]->d_name, NULL, 16);
		range[n++].type = RANGE_RESERVED;
		free(names[k]);
	}
	free(names);
	range[n].start = mint_region1_start;
	range[n].end = mint_region1_start + mint_region1_size - 1;
	range[n++].type = RANGE_RAM;
	*ranges = n;
	qsort(range, n, sizeof(*range), by_start);
	return 0;
}
