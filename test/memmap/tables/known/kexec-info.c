#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

struct kexec_info {
	struct memory_range *memory_range;
	int memory_ranges;
};

static void add_region(struct kexec_info *info, unsigned long start, unsigned long size)
{
	struct memory_range *new = &info->memory_range[info->memory_ranges++];

	new->start = start;
	new->end = start + size - 1;
	new->type = RANGE_RAM;
}

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	struct kexec_info info = { .memory_range = range };

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	add_region(&info, mint_region1_start, mint_region1_size);
	add_region(&info, mint_region2_start, mint_region2_size);
	add_region(&info, mint_region3_start, mint_region3_size);
	*ranges = info.memory_ranges;
	return 0;
}
