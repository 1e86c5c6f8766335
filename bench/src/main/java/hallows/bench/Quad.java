package hallows.bench;

/// A message where messages are objects, made for each: 32 bytes.
///
/// @param first its number
/// @param second the number after
/// @param third the next
/// @param fourth the last
record Quad(long first, long second, long third, long fourth) {
    static Quad numbered(long number) {
        return new Quad(number, number + 1, number + 2, number + 3);
    }

    long sum() {
        return first + second + third + fourth;
    }
}
