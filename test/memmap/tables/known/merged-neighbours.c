#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

static size_t count;

static void add(struct memory_range *range, unsigned long long start, unsigned long long end)
{
	if (count > 0 && range[count - 1].end + 1 == start) {
		range[count - 1].end = end - 1;
		return;
	}
	range[count].start = start;
	range[count].end = end - 1;
	range[count].type = RANGE_RAM;
	count++;
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	count = 0;
	add(range, mint_region1_start, mint_region1_start + mint_region1_size);
	add(range, mint_region2_start, mint_region2_start + mint_region2_size);
	add(range, mint_region2_start + mint_region2_size, mint_region3_start);
	add(range, mint_region3_start, mint_region3_start + mint_region3_size);
	*ranges = count;
	return 0;
}
