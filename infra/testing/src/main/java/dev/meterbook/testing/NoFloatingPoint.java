package dev.meterbook.testing;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.DoubleEntry;
import java.lang.classfile.constantpool.FloatEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds every use of {@code float} and {@code double} in a compiled class: instructions, constants,
 * fields, parameters, results, calls of others' methods, and their boxes.
 */
final class NoFloatingPoint {
    /** Class names stand between {@code L} and {@code ;} of a descriptor. */
    private static final Pattern CLASS_NAME = Pattern.compile("L[^;]*;");

    private static final Set<String> BOXES =
            Set.of("java/lang/Float", "java/lang/Double", "java/util/stream/DoubleStream");

    private NoFloatingPoint() {}

    /** One line per finding, empty if there is none. */
    static List<String> findings(byte[] classFile) {
        ClassModel model = ClassFile.of().parse(classFile);
        List<String> findings = new ArrayList<>();
        String name = model.thisClass().asInternalName().replace('/', '.');
        for (PoolEntry entry : model.constantPool()) {
            if (isFloating(entry)) {
                findings.add(name + ": constant or reference " + entry);
            }
        }
        model.fields().stream()
                .filter(field -> isFloating(field.fieldType().stringValue()))
                .forEach(field -> findings.add(name + ": field " + field.fieldName()));
        for (MethodModel method : model.methods()) {
            addFindings(name, method, findings);
        }
        return findings;
    }

    private static void addFindings(String name, MethodModel method, List<String> findings) {
        String place = name + "." + method.methodName();
        if (isFloating(method.methodType().stringValue())) {
            findings.add(place + ": type " + method.methodType());
        }
        method.code()
                .ifPresent(
                        code -> {
                            for (CodeElement element : code) {
                                if (isFloating(element)) {
                                    findings.add(place + ": " + element);
                                }
                            }
                        });
    }

    private static boolean isFloating(PoolEntry entry) {
        return switch (entry) {
            case FloatEntry _, DoubleEntry _ -> true;
            case ClassEntry type -> isFloatingClass(type.asInternalName());
            case NameAndTypeEntry member -> isFloating(member.type().stringValue());
            case MethodTypeEntry type -> isFloating(type.descriptor().stringValue());
            default -> false;
        };
    }

    private static boolean isFloatingClass(String name) {
        return BOXES.contains(name) || (name.startsWith("[") && isFloating(name));
    }

    private static boolean isFloating(CodeElement element) {
        return switch (element) {
            case OperatorInstruction i -> isFloating(i.typeKind());
            case ConvertInstruction i -> isFloating(i.fromType()) || isFloating(i.toType());
            case ConstantInstruction i -> isFloating(i.typeKind());
            case LoadInstruction i -> isFloating(i.typeKind());
            case StoreInstruction i -> isFloating(i.typeKind());
            case ReturnInstruction i -> isFloating(i.typeKind());
            case ArrayLoadInstruction i -> isFloating(i.typeKind());
            case ArrayStoreInstruction i -> isFloating(i.typeKind());
            case NewPrimitiveArrayInstruction i -> isFloating(i.typeKind());
            default -> false;
        };
    }

    private static boolean isFloating(TypeKind kind) {
        return kind == TypeKind.FLOAT || kind == TypeKind.DOUBLE;
    }

    /** A descriptor without its class names has F and D only for the two types. */
    private static boolean isFloating(String descriptor) {
        String primitives = CLASS_NAME.matcher(descriptor).replaceAll("");
        return primitives.indexOf('F') >= 0 || primitives.indexOf('D') >= 0;
    }
}
