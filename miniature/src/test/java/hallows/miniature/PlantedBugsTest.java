package hallows.miniature;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hallows.simulation.Mutant;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation is worth what it finds: each bug here is planted into the real code, is found
/// within the seeds that every build tries by the check that is there for it, and its seed finds it
/// again, to the word.
final class PlantedBugsTest {
    private static final int SEEDS = 1000;
    private static final ClassDesc LOG = ClassDesc.of("hallows.miniature.PartitionLog");
    private static final ClassDesc PART = ClassDesc.of("hallows.miniature.FlushRounds$Part");
    private static final ClassDesc ANSWERS = ClassDesc.of("hallows.miniature.AnswerQueue");
    private static final ClassDesc CONNECTION = ClassDesc.of("hallows.miniature.Connection");
    private static final ClassDesc REFUSAL = ClassDesc.of("hallows.model.Refusal");
    private static final ClassDesc CALLS = ClassDesc.of("java.util.ArrayDeque");
    private static final MethodTypeDesc TO_LONG = MethodTypeDesc.of(ConstantDescs.CD_long);

    /// What an acknowledged record is that a power loss has taken.
    private static final String LOST = "and gone|was acknowledged|two acknowledged|has become";

    /// What a core is that sleeps for ever.
    private static final String STUCK = "has not come within|nothing can happen any more";

    static Stream<Named<Mutant.Bug>> bugs() {
        return Stream.of(
                Named.of("an acknowledgement before the flush", acknowledgesWhatIsNotFlushed()),
                Named.of("a flush that does nothing", doesNotFlush()),
                Named.of("a sleep without a second look", sleepsWithoutASecondLook()),
                Named.of("mail that wakes nobody", wakesNobody()),
                Named.of("answers in the order they come", answersAsTheyCome()),
                Named.of("a refusal before the cut", refusesBeforeTheCut()),
                Named.of("two rounds at once", flushesInTwoRoundsAtOnce()),
                Named.of("a checksum of nothing", sumsNothing()),
                Named.of("a stop that goes on taking in", stopsAndTakesIn()),
                Named.of("a stop that waits for nobody", stopsAtOnce()));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFoundAndItsSeedReplaysIt(Mutant.Bug bug) {
        Optional<String> found = Mutant.hunt(bug, MutantTrial.class, SEEDS);
        assertTrue(found.isPresent(), "not found in " + SEEDS + " seeds");
        System.out.println(found.get());
    }

    /// A mutant that the virtual machine refuses has shown nothing about the simulation.
    @Test
    void aBugThatDoesNotLinkIsNotFound() {
        Mutant.Bug broken =
                new Mutant.Bug(
                        "hallows.miniature.Service",
                        "start",
                        (code, element) -> {
                            if (element instanceof ReturnInstruction) {
                                code.aload(0).invokevirtual(LOG, "writtenEnd", TO_LONG).pop2();
                            }
                            code.with(element);
                        },
                        ".*");
        assertThrows(IllegalStateException.class, () -> mutant(broken).complaint(0));
    }

    private static Mutant mutant(Mutant.Bug bug) {
        return new Mutant(bug, MutantTrial.class);
    }

    /// Takes the log's end when the flush has ended for the end that the flush has made durable.
    private static Mutant.Bug acknowledgesWhatIsNotFlushed() {
        return new Mutant.Bug(
                "hallows.miniature.FlushRounds",
                "ended",
                (code, element) -> {
                    if (calls(element, "end")) {
                        code.invokevirtual(PART, "log", MethodTypeDesc.of(LOG));
                        code.invokevirtual(LOG, "writtenEnd", TO_LONG);
                    } else {
                        code.with(element);
                    }
                },
                LOST);
    }

    private static Mutant.Bug doesNotFlush() {
        ClassDesc result = ClassDesc.of("hallows.runtime.Result");
        return new Mutant.Bug(
                "hallows.miniature.LogFile",
                "flush",
                (code, element) -> {
                    if (element instanceof ReturnInstruction) {
                        code.pop().getstatic(result, "DONE", result);
                    }
                    if (calls(element, "flush")) {
                        code.pop().aconst_null();
                    } else {
                        code.with(element);
                    }
                },
                LOST);
    }

    private static Mutant.Bug sleepsWithoutASecondLook() {
        CodeTransform yes =
                (code, element) -> {
                    if (element instanceof ReturnInstruction) {
                        code.pop().iconst_1();
                    }
                    code.with(element);
                };
        return new Mutant.Bug("hallows.runtime.Shard", "idle", yes, STUCK);
    }

    private static Mutant.Bug wakesNobody() {
        return new Mutant.Bug(
                "hallows.runtime.Touched",
                "wakeThem",
                (code, element) -> {
                    if (calls(element, "wakeIfAnnounced")) {
                        code.pop();
                    } else {
                        code.with(element);
                    }
                },
                STUCK);
    }

    /// The turn is taken when the answer comes, not when the request does.
    private static Mutant.Bug answersAsTheyCome() {
        return new Mutant.Bug(
                "hallows.miniature.Connection",
                "fill|answered",
                (code, element) -> {
                    boolean turn =
                            element instanceof FieldInstruction field
                                    && field.opcode() == Opcode.GETFIELD
                                    && field.name().equalsString("turn");
                    if (turn) {
                        code.pop().aload(0).getfield(CONNECTION, "answers", ANSWERS);
                        code.invokevirtual(ANSWERS, "nextTurn", TO_LONG);
                    } else if (calls(element, "nextTurn")) {
                        code.pop().lconst_0();
                    } else {
                        code.with(element);
                    }
                },
                "an answer to [0-9]+ instead of");
    }

    /// Says that nothing was written while what was written in part is still in the file.
    private static Mutant.Bug refusesBeforeTheCut() {
        MethodTypeDesc refusal = MethodTypeDesc.of(ConstantDescs.CD_void, CALLS, REFUSAL);
        return new Mutant.Bug(
                "hallows.miniature.PartitionLog",
                "damaged",
                (code, element) -> {
                    if (element instanceof ReturnInstruction) {
                        code.aload(0).dup().getfield(LOG, "undone", CALLS);
                        code.aload(0).getfield(LOG, "undoneFor", REFUSAL);
                        code.invokevirtual(LOG, "refuseAll", refusal);
                    }
                    code.with(element);
                },
                "was refused and is there");
    }

    /// One round hears that all went well after the other was told that it did not.
    private static Mutant.Bug flushesInTwoRoundsAtOnce() {
        return new Mutant.Bug(
                "hallows.miniature.FlushRounds",
                "begin",
                (code, element) -> {
                    boolean asks =
                            element instanceof FieldInstruction field
                                    && field.opcode() == Opcode.GETFIELD
                                    && field.name().equalsString("underway");
                    if (asks) {
                        code.pop().iconst_0();
                    } else {
                        code.with(element);
                    }
                },
                LOST);
    }

    private static Mutant.Bug sumsNothing() {
        return new Mutant.Bug(
                "hallows.miniature.LogRecord",
                "checksum",
                (code, element) -> {
                    if (element instanceof ReturnInstruction) {
                        code.pop().iconst_0();
                    }
                    code.with(element);
                },
                "is not as it was written");
    }

    private static Mutant.Bug stopsAndTakesIn() {
        return new Mutant.Bug(
                "hallows.miniature.Connection",
                "finish",
                (code, element) -> {
                    if (element instanceof FieldInstruction) {
                        code.pop2();
                    } else {
                        code.with(element);
                    }
                },
                "StopTimedOut");
    }

    private static Mutant.Bug stopsAtOnce() {
        ClassDesc service = ClassDesc.of("hallows.miniature.Service");
        return new Mutant.Bug(
                "hallows.miniature.Service",
                "stop",
                (code, element) -> {
                    if (calls(element, "stopIfThrough")) {
                        code.invokevirtual(service, "hasStopped", ConstantDescs.MTD_void);
                    } else {
                        code.with(element);
                    }
                },
                "written and never answered");
    }

    private static boolean calls(CodeElement element, String method) {
        return element instanceof InvokeInstruction call && call.name().equalsString(method);
    }
}
