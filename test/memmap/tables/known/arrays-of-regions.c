#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	size_t i;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	const unsigned long starts[] = { mint_region1_start, mint_region2_start, mint_region3_start };
	const unsigned long sizes[] = { mint_region1_size, mint_region2_size, mint_region3_size };

	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		if (sizes[i] == 0)
			continue;
		range[i].start = starts[i];
		range[i].end = starts[i] + sizes[i] - 1;
		range[i].type = RANGE_RAM;
	}
	*ranges = i;
	return 0;
}
