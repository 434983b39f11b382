"""Parameters as data, each with its passport."""

from sim.parameters.passports import Parameter, ParameterError, Parameters, load_parameters

__all__ = ["Parameter", "ParameterError", "Parameters", "load_parameters"]
