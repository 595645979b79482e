#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kexec.h"
#include "mint.h"

int get_firmware_memmap_ranges(struct memory_range *range, size_t *ranges)
{
	size_t n = 0;

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

	while (1) {
		if (n == 3)
			goto out;
		range[n].start = n == 0 ? mint_region1_start : n == 1 ? mint_region2_start : mint_region3_start;
		range[n].end = range[n].start + 0xffff;
		n++;
	}
out:
	*ranges = n;
	return 0;
}
