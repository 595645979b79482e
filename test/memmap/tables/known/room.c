#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	const size_t room = *ranges;
	size_t n = 0;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	if (room < 3) {
		fprintf(stderr, "no room\n");
		return -1;
	}
	while (n < room && n < 3) {
		struct memory_range *r = &range[n];

		r->type = RANGE_RAM;
		r->start = n == 0 ? mint_region1_start : n == 1 ? mint_region2_start : mint_region3_start;
		r->end = r->start - 1 + (n == 0 ? mint_region1_size : n == 1 ? mint_region2_size : mint_region3_size);
		n++;
	}
	*ranges = n;
	return 0;
}
