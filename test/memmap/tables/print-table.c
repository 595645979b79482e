/* Calls the function as kexec does, and prints what it leaves: one `start end type` a line, the end inclusive. */
#include <stdio.h>

#include "kexec.h"

#ifndef COUNT
#define COUNT size_t
#endif

#ifdef POINTER
int get_firmware_memmap_ranges(struct memory_range **range, COUNT *ranges);
#else
int get_firmware_memmap_ranges(struct memory_range *range, COUNT *ranges);
static struct memory_range table[2048];
#endif

int main(void)
{
	COUNT count = 2048;
#ifdef POINTER
	struct memory_range *table = NULL;
	int result = get_firmware_memmap_ranges(&table, &count);
#else
	int result = get_firmware_memmap_ranges(table, &count);
#endif

	if (result != 0) {
		puts("fails");
		return 0;
	}
	for (COUNT k = 0; k < count; k++)
		printf("%#llx %#llx %u\n", table[k].start, table[k].end, table[k].type);
	return 0;
}
