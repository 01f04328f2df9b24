"""Forms of registration and sign-in, in the pattern of the other pages."""

from allauth.account import forms


class SignInForm(forms.LoginForm):
    pass


class RegisterForm(forms.SignupForm):
    pass


class ResetPasswordForm(forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(forms.ChangePasswordForm):
    pass


class SetPasswordForm(forms.SetPasswordForm):
    pass


class ChangeEmailForm(forms.AddEmailForm):
    pass
