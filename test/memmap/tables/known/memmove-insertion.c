#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

/* Keeps the table in ascending order. */
static void insert(struct memory_range *range, size_t *count, unsigned long start, unsigned long size, unsigned type)
{
	size_t at = 0;

	while (at < *count && range[at].start < start)
		at++;
	memmove(&range[at + 1], &range[at], (*count - at) * sizeof(range[0]));
	range[at].start = start;
	range[at].end = (unsigned long long)start + size - 1;
	range[at].type = type;
	++*count;
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	*ranges = 0;
	insert(range, ranges, mint_region3_start, mint_region3_size, RANGE_RAM);
	insert(range, ranges, mint_region1_start, mint_region1_size, RANGE_RAM);
	if (OSID == 0)
		insert(range, ranges, 0x38000000, 0x30000000, RANGE_RESERVED);
	insert(range, ranges, mint_region2_start, mint_region2_size, RANGE_RAM);
	return 0;
}
