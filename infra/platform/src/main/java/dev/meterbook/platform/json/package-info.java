/** Texts of JSON that callers send, read within limits. */
@NullMarked
package dev.meterbook.platform.json;

import org.jspecify.annotations.NullMarked;
