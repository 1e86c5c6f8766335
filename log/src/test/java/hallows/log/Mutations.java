package hallows.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Makes sound inputs unsound, a little or a lot, always in the same way. What a fuzzer does better
/// with more time; this much runs with the other tests.
final class Mutations {
    private static final int ROUNDS = Boolean.getBoolean("hallows.long") ? 200_000 : 500;
    private static final int[] INTERESTING = {0, 1, -1, 127, -128, 0x7fffffff, 0x80000000};

    private Mutations() {}

    /// Tries `property` on mutations of `samples`.
    static void forEach(List<byte[]> samples, Consumer<byte[]> property) {
        Random random = new Random(1);
        samples.forEach(property);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = mutated(samples.get(random.nextInt(samples.size())), random);
            try {
                property.accept(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round + ": " + Arrays.toString(input), e);
            }
        }
    }

    private static byte[] mutated(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int times = random.nextInt(4); times >= 0 && bytes.length > 4; times--) {
            int at = random.nextInt(bytes.length - 3);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> number(bytes, at, INTERESTING[random.nextInt(INTERESTING.length)]);
                case 3 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                default -> bytes = spliced(bytes, random);
            }
        }
        return bytes;
    }

    private static void number(byte[] bytes, int at, int number) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (number >>> (24 - 8 * i));
        }
    }

    /// A piece of it, twice.
    private static byte[] spliced(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(bytes.length - from);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, from, longer, bytes.length, length);
        return longer;
    }

    /// The golden files of these names.
    static List<byte[]> golden(String... names) {
        List<byte[]> samples = new ArrayList<>();
        for (String name : names) {
            try {
                samples.add(Golden.bytes(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return samples;
    }
}
