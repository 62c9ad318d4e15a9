package com.neuralrouter.server.provider.bedrock;

import com.neuralrouter.server.fuzz.FramingFuzz;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Amazon's event streams, as they come and with right checksums, so that what is behind is met. */
public final class AmazonEventsFuzz {
    private static final int PRELUDE = 12;
    private static final int SUM = 4;

    private AmazonEventsFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        FramingFuzz.check(data, AmazonEvents::new);
        FramingFuzz.check(summed(data), AmazonEvents::new);
    }

    /** One message whose headers and payload these are; the first two bytes divide them. */
    private static byte[] summed(byte[] data) {
        if (data.length < 2) {
            return data;
        }
        ByteBuffer content = ByteBuffer.wrap(data);
        int headers = (content.getShort() & 0xffff) % (content.remaining() + 1);
        ByteBuffer message = ByteBuffer.allocate(PRELUDE + content.remaining() + SUM);
        message.putInt(message.capacity()).putInt(headers);
        message.putInt(sum(message)).put(content);
        message.putInt(sum(message));
        return message.array();
    }

    private static int sum(ByteBuffer message) {
        var crc = new CRC32();
        crc.update(message.array(), 0, message.position());
        return (int) crc.getValue();
    }
}
