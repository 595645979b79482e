/* Prints the memory map a sample tree makes, one `start end type` a line, as kexec would hand it on. */
#include <stdio.h>

#include "kexec.h"

int main(void)
{
	struct memory_range range[16];
	size_t count = sizeof(range) / sizeof(range[0]);

	if (get_firmware_memmap_ranges(range, &count) < 0)
		return 1;
	for (size_t k = 0; k < count; k++)
		printf("%#llx %#llx %u\n", range[k].start, range[k].end, range[k].type);
	return 0;
}
