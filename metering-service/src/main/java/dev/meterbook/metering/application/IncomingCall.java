package dev.meterbook.metering.application;

import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.metering.domain.MeteredCall;

/** A call that an adapter brings in, together with the way it is stored. */
public interface IncomingCall {

    /** The call as told. */
    MeteredCall told();

    /** The bytes to store once it is accepted; equal calls give equal bytes. */
    byte[] stored(Accepted accepted);
}
