#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

static int by_start(const void *a, const void *b)
{
	const struct memory_range *left = a, *right = b;

	if (left->start > right->start)
		return 1;
	if (left->start < right->start)
		return -1;
	return 0;
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	DIR *dir = NULL;
	struct dirent *entry;
	int i = 0;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	dir = opendir(FIRMWARE_MEMMAP_DIR);
	if (!dir)
		goto error;
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if ((size_t)i >= *ranges)
			goto error;
		range[i].start = strtoull(entry->d_name, NULL, 16);
		range[i].end = range[i].start + 0xfff;
		range[i++].type = RANGE_RESERVED;
	}
	closedir(dir);

	range[i].start = mint_region3_start;
	range[i].end = mint_region3_start + mint_region3_size - 1;
	range[i].type = RANGE_RAM;
	i++;
	range[i].start = mint_region1_start;
	range[i].end = mint_region1_start + mint_region1_size - 1;
	range[i].type = RANGE_RAM;
	i++;

	*ranges = i;
	qsort(range, *ranges, sizeof(struct memory_range), by_start);
	return 0;

error:
	if (dir)
		closedir(dir);
	return -1;
}
