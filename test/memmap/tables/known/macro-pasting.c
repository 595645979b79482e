#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

#define RAM(n) do { \
		range[i].start = mint_region##n##_start; \
		range[i].end = mint_region##n##_start + mint_region##n##_size - 1; \
		range[i].type = RANGE_RAM; \
		i++; \
	} while (0)

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	unsigned i = 0;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	RAM(1);
	RAM(2);
	RAM(3);
	*ranges = i;
	return 0;
}
