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
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	range[0] = (struct memory_range){ mint_region3_start, 0x67ffffff, RANGE_RESERVED };
	range[1] = (struct memory_range){ mint_region3_start, mint_region3_start + mint_region3_size - 1, RANGE_RAM };
	range[2] = (struct memory_range){ mint_region1_start, mint_region1_start + mint_region1_size - 1, RANGE_RAM };
	*ranges = 3;
	qsort(range, *ranges, sizeof(*range), by_start);
	return 0;
}
