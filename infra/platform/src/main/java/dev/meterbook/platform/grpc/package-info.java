/** What every gRPC server and client of Meterbook has: credentials, errors, reflection, health. */
@NullMarked
package dev.meterbook.platform.grpc;

import org.jspecify.annotations.NullMarked;
